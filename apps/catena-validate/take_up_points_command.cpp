#include "take_up_points_command.h"

#include <fmt/core.h>

#include <cstdio>

#include "catena/validation/point_study.h"

namespace catena {

std::vector<std::string> take_up_points_parts() {
  std::vector<std::string> names;
  for (const PointStudyPart& part : point_study_parts()) names.push_back(part.name);
  names.emplace_back("all");
  return names;
}

int run_take_up_points_command(const TakeUpPointsCommand& command) {
  PointStudyOptions options;
  options.sessions = command.sessions;
  options.seed = command.seed;
  options.threads = command.threads;
  for (const PointStudyPart& part : point_study_parts()) {
    if (command.part != "all" && command.part != part.name) continue;
    std::vector<PointStudyRow> rows;
    for (const PointStudyCell& cell : part.cells) {
      fmt::print(stderr, "\r{}: {} of {}", part.name, rows.size() + 1, part.cells.size());
      rows.push_back(run_point_study(cell, options));
    }
    fmt::print(stderr, "\n");
    fmt::print("### {}\n\n{}\n{}\n{}\n", part.title, count_of_rows(rows), shares_table(rows),
               stops_table(rows));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace catena
