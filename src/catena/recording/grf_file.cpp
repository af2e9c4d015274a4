#include "catena/recording/grf_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/table_file.h"

namespace catena {
namespace {

enum class Quantity { kForce = 0, kPlace = 1, kMoment = 2 };

// What one column holds.
struct Column {
  std::string name;  // of the force, in small letters
  Quantity quantity = Quantity::kForce;
  int axis = 0;
};

// "1_ground_force_vx" is the x of force "1".
std::optional<Column> column_of(std::string_view label) {
  const std::string text = to_lower(trim(label));
  if (text.empty() || text.back() < 'x' || text.back() > 'z') return std::nullopt;
  Column column;
  column.axis = text.back() - 'x';

  // The words between underscores; the last one has the axis and perhaps a letter before it.
  std::vector<std::string> words(1);
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c == '_') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  const std::string letter = words.back();
  words.pop_back();
  const auto take = [&](std::string_view word) {
    const auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) return false;
    words.erase(at);
    return true;
  };
  take("ground");
  if (take("force")) {
    if (letter != "v" && letter != "p" && letter != "m") return std::nullopt;
    column.quantity = letter == "v"   ? Quantity::kForce
                      : letter == "p" ? Quantity::kPlace
                                      : Quantity::kMoment;
  } else if (take("torque") || take("moment")) {
    if (!letter.empty() && letter != "m") return std::nullopt;
    column.quantity = Quantity::kMoment;
  } else {
    return std::nullopt;
  }
  for (const std::string& word : words) {
    column.name += (column.name.empty() ? "" : "_") + word;
  }
  return column;
}

EventSide side_of(const std::string& name) {
  const std::string padded = "_" + name + "_";
  const auto has = [&](const char* word) { return padded.find(word) != std::string::npos; };
  const bool right = has("_r_") || has("_right_"), left = has("_l_") || has("_left_");
  if (right == left) return EventSide::kGeneral;
  return right ? EventSide::kRight : EventSide::kLeft;
}

// Which of the table's columns make one force; -1 where it is not there.
struct Columns {
  std::string name;
  std::array<std::array<int, 3>, 3> at = {{{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}}};
};

bool is_whole(const std::array<int, 3>& at) { return *std::min_element(at.begin(), at.end()) >= 0; }

Eigen::MatrixX3d vectors(const Table& table, const std::array<int, 3>& at) {
  Eigen::MatrixX3d result = Eigen::MatrixX3d::Zero(table.values.rows(), 3);
  for (int k = 0; k < 3; ++k) {
    if (at[static_cast<std::size_t>(k)] < 0) continue;
    result.col(k) = table.values.col(at[static_cast<std::size_t>(k)]);
  }
  return result;
}

}  // namespace

Result<GroundForces> ground_forces(const Table& table) {
  // Columns of one force together, in the order in which the forces come.
  std::vector<Columns> found;
  for (std::size_t i = 0; i < table.labels.size(); ++i) {
    const auto column = column_of(table.labels[i]);
    if (!column) continue;
    auto of_it = std::find_if(found.begin(), found.end(),
                              [&](const Columns& one) { return one.name == column->name; });
    if (of_it == found.end()) {
      found.emplace_back();
      of_it = found.end() - 1;
      of_it->name = column->name;
    }
    of_it->at[static_cast<std::size_t>(column->quantity)][static_cast<std::size_t>(column->axis)] =
        static_cast<int>(i);
  }
  if (found.empty()) {
    return fail(Errc::kMissingData, "no column is a ground force", "",
                "name the columns like OpenSim: ground_force_vx, ground_force_px, ground_torque_x");
  }

  GroundForces result;
  result.name = table.name;
  result.time_s = table.time_s;
  result.notes = table.notes;
  for (const Columns& columns : found) {
    const std::string spoken = columns.name.empty() ? "the ground force without a name"
                                                    : "the ground force '" + columns.name + "'";
    if (!is_whole(columns.at[0]) || !is_whole(columns.at[1])) {
      return fail(Errc::kMissingData, spoken + " has not all of its columns vx vy vz px py pz", "",
                  "export the table with all of them");
    }
    GroundForce force;
    force.name = columns.name;
    force.side = side_of(columns.name);
    force.force_n = vectors(table, columns.at[0]);
    force.cop_m = vectors(table, columns.at[1]);
    force.free_moment_nm = vectors(table, columns.at[2]);
    if (!is_whole(columns.at[2])) {
      result.notes.push_back("Moments of " + spoken + " are missing and were taken as 0.");
    }
    result.forces.push_back(std::move(force));
  }
  return result;
}

Result<GroundForces> parse_grf(std::string_view bytes, std::string_view source) {
  CATENA_TRY(table, parse_table(bytes, source));
  return ground_forces(table).map_error(placed_in(std::string(source)));
}

Result<GroundForces> read_grf(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_grf(bytes, path.string());
}

GroundForces ground_forces(const std::vector<PlateForces>& plates, std::string_view name) {
  GroundForces result;
  result.name = name;
  for (const PlateForces& plate : plates) {
    const Eigen::Index n = plate.force_n.rows();
    if (n == 0) continue;
    if (result.forces.empty()) {
      // By division, so that no rounding adds up.
      result.time_s =
          (Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1)) / plate.rate_hz).array() +
          plate.first_s;
    }
    assert(n == result.time_s.size());  // plates of one file share its converter
    GroundForce force;
    force.name = result.forces.empty() ? "" : std::to_string(result.forces.size());
    force.force_n = plate.force_n;
    force.cop_m = plate.cop_m;
    force.free_moment_nm = plate.free_moment_nm;
    result.forces.push_back(std::move(force));
  }
  return result;
}

Table grf_table(const GroundForces& forces) {
  Table table;
  table.name = forces.name;
  table.in_degrees = true;  // as OpenSim's own; no column is an angle
  table.time_s = forces.time_s;
  const auto n_forces = static_cast<Eigen::Index>(forces.forces.size());
  table.values.resize(forces.time_s.size(), 9 * n_forces);
  const auto label = [](const GroundForce& force, const char* quantity, const std::string& end) {
    if (force.name.empty()) return fmt::format("ground_{}_{}", quantity, end);
    const bool numbered = force.name[0] >= '0' && force.name[0] <= '9';
    return numbered ? fmt::format("{}_ground_{}_{}", force.name, quantity, end)
                    : fmt::format("ground_{}_{}_{}", quantity, force.name, end);
  };
  for (Eigen::Index k = 0; k < n_forces; ++k) {
    const GroundForce& force = forces.forces[static_cast<std::size_t>(k)];
    for (const char* end : {"vx", "vy", "vz", "px", "py", "pz"}) {
      table.labels.push_back(label(force, "force", end));
    }
    table.values.middleCols<3>(6 * k) = force.force_n;
    table.values.middleCols<3>(6 * k + 3) = force.cop_m;
    table.values.middleCols<3>(6 * n_forces + 3 * k) = force.free_moment_nm;
  }
  for (const GroundForce& force : forces.forces) {
    for (const char* end : {"x", "y", "z"}) table.labels.push_back(label(force, "torque", end));
  }
  return table;
}

}  // namespace catena
