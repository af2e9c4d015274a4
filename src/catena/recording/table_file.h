// MOT and STO, the tables over time of OpenSim and SIMM.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "catena/core/error.h"
#include "catena/recording/table.h"

namespace catena {

/// Reads a MOT or STO file's contents, in the style of OpenSim (nRows=, nColumns=, inDegrees=,
/// DataType=) or of SIMM (name, datacolumns, datarows, range).
///
/// Blank, NaN (any spelling) and infinite values are lost. Tables of Vec3, SpatialVec and the like
/// are spread over columns label_1, label_2, ... Rows fewer or more than claimed are a note, and so
/// is a label that stands twice: the second is called "label (2)".
///
/// source     the file's path, for error places
/// errors     kBadFormat, kUnsupported (DataType), kMissingData (no rows, no columns, no time);
///            the place is file:line:column with the table column counted from 1
Result<Table> parse_table(std::string_view bytes, std::string_view source);

Result<Table> read_table(const std::filesystem::path& path);

struct TableWriteOptions {
  // Digits after the point; negative: as many as it takes to read back the same number.
  int decimals = -1;
};

/// A table that OpenSim reads as .mot or .sto; lost values are NaN.
std::string write_table(const Table& table, const TableWriteOptions& options = {});

}  // namespace catena
