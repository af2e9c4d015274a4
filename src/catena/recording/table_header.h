// What stands above the rows of a MOT or STO file. Used by table_file.cpp only.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/core/text.h"

namespace catena {

struct TableHeader {
  std::string name;
  bool in_degrees = false;
  bool says_in_degrees = false;
  double claimed_rows = std::numeric_limits<double>::quiet_NaN();
  double claimed_columns = std::numeric_limits<double>::quiet_NaN();
  double range_from_s = std::numeric_limits<double>::quiet_NaN();
  double range_to_s = std::numeric_limits<double>::quiet_NaN();
  int elements = 1;                 // numbers a column: 3 for Vec3
  int time_column = 0;              // from 0; -1 where there is none
  std::vector<std::string> labels;  // all columns as in the file, time too
  std::vector<std::string> notes;
};

/// Reads up to and with the row of labels.
///
/// errors     kBadFormat, kUnsupported (DataType), kMissingData (no time, no columns)
Result<TableHeader> read_table_header(LineReader& lines, const std::string& source);

}  // namespace catena
