// A table of named columns over time: OpenSim's .mot and .sto.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace catena {

/// Columns over time, in the units that the file has.
struct Table {
  std::string name;                 // first line of the file
  bool in_degrees = false;          // what the header says of rotational columns
  std::vector<std::string> labels;  // n_columns, without time
  Eigen::VectorXd time_s;           // (n_rows)
  Eigen::MatrixXd values;           // (n_rows, n_columns); NaN where the file has none
  std::vector<std::string> notes;   // what had to be assumed while reading
};

}  // namespace catena
