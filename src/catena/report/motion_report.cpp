#include "catena/report/motion_report.h"

#include <cassert>

#include "catena/core/units.h"
#include "catena/recording/table_file.h"

namespace catena {

std::string render_motion(const Motion& motion, const std::vector<std::string>& coordinate_names,
                          const std::vector<bool>& is_rotation) {
  assert(static_cast<Eigen::Index>(coordinate_names.size()) == motion.q.cols());
  assert(is_rotation.size() == coordinate_names.size());
  Table table;
  table.name = motion.name.empty() ? "Coordinates" : motion.name;
  table.in_degrees = true;
  table.labels = coordinate_names;
  table.time_s = motion.time_s;
  table.values = motion.q;
  for (std::size_t i = 0; i < is_rotation.size(); ++i) {
    if (is_rotation[i]) table.values.col(static_cast<Eigen::Index>(i)) *= kDegPerRad;
  }
  // 1e-9 degrees and metres are far below what any marker tells.
  return write_table(table, {.decimals = 9});
}

}  // namespace catena
