#include "catena/analysis/demands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace catena {
namespace {

// Slower than this the runner stays where the treadmill is.
constexpr double kSlowestOverground_m_s = 0.5;
constexpr double kSameSpeed = 0.05;

}  // namespace

std::vector<DemandOfRun> find_demands(const std::vector<RunInput>& inputs,
                                      const std::vector<FittedRun>& runs) {
  std::vector<DemandOfRun> demands(runs.size());
  std::vector<std::size_t> by_speed;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!inputs[i].demand.empty()) {
      demands[i] = {inputs[i].demand, "given", inputs[i].demand == "ramp"};
    } else if (runs[i].segments.speed_m_s > kSlowestOverground_m_s) {
      by_speed.push_back(i);
    } else {
      demands[i] = {runs[i].name, "a demand of its own: the treadmill's speed is not known", false};
    }
  }

  // Speeds in rising order: one joins the group before it when it lies within 5 % of its slowest.
  const auto speed = [&](std::size_t i) { return runs[i].segments.speed_m_s; };
  std::stable_sort(by_speed.begin(), by_speed.end(),
                   [&](std::size_t a, std::size_t b) { return speed(a) < speed(b); });
  for (std::size_t first = 0; first < by_speed.size();) {
    std::size_t last = first + 1;
    double sum = speed(by_speed[first]);
    while (last < by_speed.size() &&
           speed(by_speed[last]) <= (1.0 + kSameSpeed) * speed(by_speed[first])) {
      sum += speed(by_speed[last++]);
    }
    const std::string label = fmt::format("{:.1f} m/s", sum / static_cast<double>(last - first));
    for (; first < last; ++first) {
      const std::size_t i = by_speed[first];
      demands[i] = {label, fmt::format("speed over the ground {:.2f} m/s", speed(i)), false};
    }
  }
  return demands;
}

}  // namespace catena
