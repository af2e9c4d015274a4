// What a C3D file's parameters say about its numbers: names, units, plates, events, people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_layout.h"

namespace catena {

/// POINT:UNITS as units per metre: 1000 for mm. A blank or missing unit is taken for mm, and a
/// note tells.
///
/// errors     kUnsupported: no unit of length that we know
Result<double> units_per_metre(const std::vector<C3dGroup>& groups, const std::string& source,
                               std::vector<std::string>& notes);

/// Names of all points, in the file's order; markers and model outputs told apart.
///
/// Blank labels become "*7" with the point's number, as Vicon names what has no label; labels that
/// stand twice get "_2", "_3", so that every label is one point's. Outputs are what POINT:ANGLES,
/// FORCES, MOMENTS, POWERS, SCALARS or another list in POINT:TYPE_GROUPS names, and what is named
/// like Plug-in Gait's outputs ("LHipAngles").
struct C3dPoints {
  std::vector<std::string> labels;   // of the markers
  std::vector<ModelOutput> outputs;  // without their values
  std::vector<int> output;           // of each point: index into outputs, or -1: the next marker
};
C3dPoints name_points(const std::vector<C3dGroup>& groups, std::size_t n_points,
                      std::vector<std::string>& notes);

/// Names of the analog channels and how their words become values: (word - offset) * scale.
struct C3dChannels {
  std::vector<std::string> labels, units;
  std::vector<double> offset, scale;  // scale with GEN_SCALE in it
  bool is_unsigned = false;           // words and offsets
};
C3dChannels name_channels(const std::vector<C3dGroup>& groups, std::size_t n_channels,
                          std::vector<std::string>& notes);

/// Plates of the FORCE_PLATFORM group: what a plate lacks is left empty.
std::vector<ForcePlateSetup> read_plates(const std::vector<C3dGroup>& groups,
                                         const C3dLayout& layout, double per_metre,
                                         std::vector<std::string>& notes);

/// Events of the EVENT group, whose times count from frame 1.
std::vector<RecordedEvent> read_group_events(const std::vector<C3dGroup>& groups,
                                             std::vector<std::string>& notes);

/// Events of the header, whose times count from the file's first frame. Shown or hidden, they are
/// events all the same.
std::vector<RecordedEvent> read_header_events(std::string_view bytes, C3dProcessor processor,
                                              double first_time_s);

/// "Cortex 2.4.1"; with the company where the program's name does not say it.
std::string maker_of(const std::vector<C3dGroup>& groups);
std::string subject_of(const std::vector<C3dGroup>& groups);

}  // namespace catena
