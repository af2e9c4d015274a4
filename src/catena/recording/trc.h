// TRC, the tab-separated marker file of motion laboratories and OpenSim.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "catena/core/error.h"
#include "catena/recording/point_recording.h"

namespace catena {

/// Reads a TRC file's contents.
///
/// Blank, NaN (any spelling) and infinite coordinates are lost. Time is built from the first row
/// and DataRate; where the time column says otherwise a note tells what was taken: rows that were
/// dropped come back as lost frames, and a column that steps evenly at another rate wins over a
/// stale header. Rows fewer or more than NumFrames are a note; a row of the wrong length is an
/// error.
///
/// source     the file's path; used in error places and for the recording's name
/// errors     kBadFormat, kUnsupported (unit), kMissingData (no frames, no markers); the place is
///            file:line:column with the table column counted from 1
Result<PointRecording> parse_trc(std::string_view bytes, std::string_view source);

Result<PointRecording> read_trc(const std::filesystem::path& path);

enum class LengthUnit { kMillimetres, kMetres };

struct TrcWriteOptions {
  LengthUnit unit = LengthUnit::kMillimetres;
  // Digits after the point of each coordinate; negative: as many as it takes to read back the
  // same number.
  int decimals = -1;
  int first_frame = 1;
};

/// A TRC file as OpenSim reads it; lost coordinates are NaN.
std::string write_trc(const PointRecording& recording, const TrcWriteOptions& options = {});

}  // namespace catena
