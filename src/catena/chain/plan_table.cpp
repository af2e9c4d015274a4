#include "catena/chain/plan_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <set>

#include "catena/chain/plan_table_file.h"
#include "catena/core/json_node.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Null is NaN.
Result<double> maybe_part(const JsonNode& node, const char* key, double high) {
  CATENA_TRY(value, node.at(key));
  if (value.is_null()) return kNaN;
  return node.number(key, 0.0, high);
}

Result<PlanCell> read_cell(const JsonNode& node) {
  PlanCell cell;
  cell.is_ramp = node.has("ramp_s");
  CATENA_TRY(size, node.number(cell.is_ramp ? "ramp_s" : "speeds", 1.0, 1e4));
  CATENA_TRY(spread_deg, node.number("spread_deg", 0.0, 90.0));
  CATENA_TRY(given, node.number("given", 0.0, 1.0));
  CATENA_TRY(width, maybe_part(node, "width", 1e3));
  CATENA_TRY(power, maybe_part(node, "power", 1.0));
  CATENA_TRY(accused, maybe_part(node, "accused", 1.0));
  cell.size = size;
  cell.spread_deg = spread_deg;
  if (!cell.is_ramp) {
    CATENA_TRY(strides, node.number("strides", 1.0, 1e4));
    cell.strides = strides;
  }
  CATENA_TRY(error, maybe_part(node, "error", 1e3));
  cell.outlook = {given, width, power, accused, error};
  return cell;
}

/// The values along one axis of the grid, rising.
using Axis = std::vector<double>;

struct Axes {
  Axis size, strides, spread_deg;
};

Axes axes_of(const PlanTable& table, bool is_ramp) {
  std::set<double> size;
  std::set<double> strides;
  std::set<double> spread_deg;
  for (const PlanCell& cell : table.cells) {
    if (cell.is_ramp != is_ramp) continue;
    size.insert(cell.size);
    strides.insert(cell.strides);
    spread_deg.insert(cell.spread_deg);
  }
  return {Axis(size.begin(), size.end()), Axis(strides.begin(), strides.end()),
          Axis(spread_deg.begin(), spread_deg.end())};
}

const PlanCell* find_cell(const PlanTable& table, bool is_ramp, double size, double strides,
                          double spread_deg) {
  const auto at = std::ranges::find_if(table.cells, [&](const PlanCell& cell) {
    return cell.is_ramp == is_ramp && cell.size == size && cell.strides == strides &&
           cell.spread_deg == spread_deg;
  });
  return at == table.cells.end() ? nullptr : &*at;
}

bool is_full_grid(const PlanTable& table, bool is_ramp) {
  const Axes axes = axes_of(table, is_ramp);
  const auto n = std::ranges::count(table.cells, is_ramp, &PlanCell::is_ramp);
  if (n == 0 || static_cast<std::size_t>(n) !=
                    axes.size.size() * axes.strides.size() * axes.spread_deg.size()) {
    return false;
  }
  for (const double size : axes.size) {
    for (const double strides : axes.strides) {
      for (const double spread_deg : axes.spread_deg) {
        if (!find_cell(table, is_ramp, size, strides, spread_deg)) return false;
      }
    }
  }
  return true;
}

/// A value between two neighbours of an axis: index of the one below, and how far along it lies.
struct Between {
  std::size_t below = 0;
  double along = 0.0;
};

std::optional<Between> between(const Axis& axis, double value, double (*measure)(double)) {
  if (axis.empty() || !(value >= axis.front() && value <= axis.back())) return std::nullopt;
  if (axis.size() == 1) return Between{};
  std::size_t below = 0;
  while (below + 2 < axis.size() && value > axis[below + 1]) ++below;
  const double low = measure(axis[below]);
  return Between{below, (measure(value) - low) / (measure(axis[below + 1]) - low)};
}

double as_it_is(double value) { return value; }
// What a mean over strides, or a line over a range, is uncertain by.
double one_over(double value) { return value > 0.0 ? 1.0 / value : 0.0; }

/// A weighted mean that a NaN of no weight does not touch.
struct Mean {
  double sum = 0.0;
  void add(double weight, double value) {
    if (weight > 0.0) sum += weight * value;
  }
};

}  // namespace

Result<PlanTable> parse_plan_table(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "make it again by catena-validate plan-table"));
  PlanTable table;
  CATENA_TRY(command, root.text("command"));
  CATENA_TRY(sessions, root.count("sessions", 1));
  CATENA_TRY(stop_deg, root.number("stop_deg", 0.0, 90.0));
  CATENA_TRY(deviation_deg, root.number("deviation_deg", 0.0, 90.0));
  CATENA_TRY(level, root.number("level", 0.0, 1.0));
  CATENA_TRY(cells, root.items("cells"));
  table.command = command;
  table.sessions = sessions;
  table.stop_deg = stop_deg;
  table.deviation_deg = deviation_deg;
  table.level = level;
  for (const JsonNode& item : cells) {
    CATENA_TRY(cell, read_cell(item));
    table.cells.push_back(cell);
  }
  if (!is_full_grid(table, false) || !is_full_grid(table, true)) {
    return root.wrong("the cells of speeds, or those of ramps, are not a full grid");
  }
  return table;
}

const PlanTable& plan_table() {
  static const PlanTable table = [] {
    auto parsed = parse_plan_table(plan_table_file(), "plan_table.json");
    assert(parsed.has_value());  // a test reads it
    return parsed ? *parsed : PlanTable();
  }();
  return table;
}

std::optional<Outlook> look_up(const PlanTable& table, const PlanCell& plan) {
  const Axes axes = axes_of(table, plan.is_ramp);
  const auto size = between(axes.size, plan.size, as_it_is);
  const auto strides = between(axes.strides, plan.is_ramp ? 0.0 : plan.strides, one_over);
  const auto spread = between(axes.spread_deg, plan.spread_deg, one_over);
  if (!size || !strides || !spread) return std::nullopt;

  std::array<Mean, 5> means;
  for (int corner = 0; corner < 8; ++corner) {
    double weight = 1.0;
    const auto pick = [&](const Axis& axis, const Between& at, int bit) {
      const bool above = (corner >> bit) % 2 == 1;
      weight *= above ? at.along : 1.0 - at.along;
      return axis[std::min(at.below + (above ? 1 : 0), axis.size() - 1)];
    };
    const double of_size = pick(axes.size, *size, 0);
    const double of_strides = pick(axes.strides, *strides, 1);
    const double of_spread = pick(axes.spread_deg, *spread, 2);
    const Outlook& at = find_cell(table, plan.is_ramp, of_size, of_strides, of_spread)->outlook;
    means[0].add(weight, at.given);
    means[1].add(weight, at.width);
    means[2].add(weight, at.power);
    means[3].add(weight, at.accused);
    means[4].add(weight, at.error);
  }
  return Outlook{means[0].sum, means[1].sum, means[2].sum, means[3].sum, means[4].sum};
}

double known_within(const Outlook& outlook) {
  return std::fmax(0.5 * outlook.width, outlook.error);  // of a NaN and a number the number
}

PlanLimits limits_of(const PlanTable& table, bool is_ramp) {
  const Axes axes = axes_of(table, is_ramp);
  if (axes.size.empty()) return {};
  return {axes.size.front(),   axes.size.back(),        axes.strides.front(),
          axes.strides.back(), axes.spread_deg.front(), axes.spread_deg.back()};
}

}  // namespace catena
