#include "catena/trajectories/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace catena {
namespace {

struct Group {
  int n = 0;
  int longest_frames = 0;
  double longest_s = 0.0;
  double farthest_m = 0.0;
  std::vector<std::string> markers;
  void add(const Repair& repair) {
    ++n;
    if (repair.n_frames > longest_frames) {
      longest_frames = repair.n_frames;
      // From the first frame to the one after the last.
      const double apart_s = repair.last_s - repair.first_s;
      longest_s = apart_s * longest_frames / std::max(1, longest_frames - 1);
    }
    farthest_m = std::max(farthest_m, repair.size_m);
    for (const std::string& marker : repair.markers) {
      if (std::find(markers.begin(), markers.end(), marker) == markers.end()) {
        markers.push_back(marker);
      }
    }
  }
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

// "R.Heel, L.MT1 and 4 more"
std::string first_few(const std::vector<std::string>& words) {
  constexpr std::size_t kMost = 3;
  if (words.size() <= kMost) return joined(words);
  std::string out;
  for (std::size_t i = 0; i + 1 < kMost; ++i) out += words[i] + ", ";
  return out + fmt::format("{} and {} more", words[kMost - 1], words.size() - kMost);
}

std::string plural(int n, const char* word) {
  return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
}

// "the longest 3 frames, 0.02 s"
std::string longest(const Group& group) {
  if (group.longest_frames == 1) return "one frame each";
  return fmt::format("the longest {} frames, {:.2f} s", group.longest_frames, group.longest_s);
}

bool concerns_labels(const Repair& repair) {
  return repair.kind == RepairKind::kSwap || repair.kind == RepairKind::kSuspectedSwap;
}

std::string swap_words(const Repair& repair) {
  const bool sure = repair.kind == RepairKind::kSwap;
  return fmt::format(
      "{} of {} {} ({:.2f} to {:.2f} s, {})", "labels", joined(repair.markers),
      sure ? "were exchanged and are put right" : "may be exchanged; left as recorded",
      repair.first_s, repair.last_s, plural(repair.n_frames, "frame"));
}

}  // namespace

const char* name_of(RepairKind kind) {
  constexpr std::array kNames = {
      "swap",      "suspected swap", "spike", "gap filled by cluster", "gap filled by spline",
      "left lost", "break"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::vector<Repair> of_labels(const std::vector<Repair>& repairs) {
  std::vector<Repair> out;
  std::copy_if(repairs.begin(), repairs.end(), std::back_inserter(out), concerns_labels);
  return out;
}

std::vector<Repair> of_paths(const std::vector<Repair>& repairs) {
  std::vector<Repair> out;
  std::remove_copy_if(repairs.begin(), repairs.end(), std::back_inserter(out), concerns_labels);
  return out;
}

std::string in_few_words(const std::vector<Repair>& repairs) {
  std::vector<std::string> parts;
  Group spikes;
  Group filled;
  Group lost;
  Group breaks;
  for (const Repair& repair : repairs) {
    switch (repair.kind) {
      case RepairKind::kSwap:
      case RepairKind::kSuspectedSwap:
        parts.push_back(swap_words(repair));
        break;
      case RepairKind::kSpike:
        spikes.add(repair);
        break;
      case RepairKind::kGapByCluster:
      case RepairKind::kGapBySpline:
        filled.add(repair);
        break;
      case RepairKind::kLeftLost:
        lost.add(repair);
        break;
      case RepairKind::kBreak:
        breaks.add(repair);
        break;
    }
  }
  if (spikes.n > 0) {
    parts.push_back(fmt::format("{} taken out ({}; the farthest {:.0f} mm)",
                                plural(spikes.n, "spike"), first_few(spikes.markers),
                                1e3 * spikes.farthest_m));
  }
  if (filled.n > 0) {
    parts.push_back(fmt::format("{} filled ({}; {})", plural(filled.n, "gap"),
                                first_few(filled.markers), longest(filled)));
  }
  if (lost.n > 0) {
    parts.push_back(fmt::format("{} left open ({}; {})", plural(lost.n, "gap"),
                                first_few(lost.markers), longest(lost)));
  }
  if (breaks.n > 0) {
    parts.push_back(fmt::format("{} left as recorded ({}; the farthest {:.0f} mm)",
                                plural(breaks.n, "break") + " in a path", first_few(breaks.markers),
                                1e3 * breaks.farthest_m));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

}  // namespace catena
