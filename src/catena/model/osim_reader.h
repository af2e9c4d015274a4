// Models from OpenSim: .osim documents of version 1.09 to 4.x, and marker sets of their own.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/model/model.h"

namespace catena {

/// Reads a model: bodies, joints, coordinates, coordinate couplers and markers. Muscles, geometry,
/// contact and control are passed over; `assumptions` says what was and how much.
///
/// source     the file's name, for the places in errors
/// errors     kBadFormat: not well-formed, or numbers and names that make no sense;
///            kMissingData: something named but not there;
///            kUnsupported: joints, functions or constraints that Catena cannot honour, named
Result<Model> parse_osim(std::string_view bytes, std::string_view source);

/// errors     kCannotRead, and those of parse_osim
Result<Model> read_osim(const std::filesystem::path& path);

/// Reads a marker-set file for a model.
///
/// errors     kMissingData: a marker sits on a body that the model does not have
Result<std::vector<ModelMarker>> parse_marker_set(const Model& model, std::string_view bytes,
                                                  std::string_view source);

/// Puts the markers of a marker-set file on the model: those of the same name are moved, the
/// others are added, as OpenSim's scale tool does.
Result<void> apply_marker_set(Model& model, std::string_view bytes, std::string_view source);

}  // namespace catena
