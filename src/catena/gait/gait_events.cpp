#include "catena/gait/gait_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string_view>

namespace catena {
namespace {

// A person sets events to the nearest of frames that are 10 ms apart, give or take one.
constexpr double kPersonSdS = 0.01;
// An event of a plate and one of markers this near are the same; steps are farther apart.
constexpr double kSameEventS = 0.12;
// They contradict each other when they are farther apart than this many SD of their difference and
// this long: the foot came onto the plate, or left it, over an edge. Single steps on a belt differ
// by up to 25 ms.
constexpr double kFarthestSd = 4.0, kEdgeS = 0.04;

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return out;
}

// What laboratories call the two, in letters only; with the side's letter in front as well.
std::optional<GaitEventKind> kind_of(const RecordedEvent& event) {
  std::string label = lower(event.label);
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), label) != names.end();
  };
  for (int pass = 0; pass < 2; ++pass) {
    if (is_one_of(
            {"footstrike", "heelstrike", "initialcontact", "footcontact", "fs", "hs", "ic"})) {
      return GaitEventKind::kContact;
    }
    if (is_one_of({"footoff", "toeoff", "fo", "to"})) return GaitEventKind::kToeOff;
    const char own = event.side == EventSide::kRight ? 'r' : 'l';
    if (label.empty() || label.front() != own) break;
    label.erase(0, 1);
  }
  return std::nullopt;
}

void sort_by_time(std::vector<GaitEvent>& events) {
  std::stable_sort(events.begin(), events.end(),
                   [](const GaitEvent& a, const GaitEvent& b) { return a.time_s < b.time_s; });
}

}  // namespace

GaitEvents file_events(const std::vector<RecordedEvent>& events) {
  GaitEvents out;
  int n_other = 0;
  for (const RecordedEvent& event : events) {
    const auto kind = kind_of(event);
    if (!kind || event.side == EventSide::kGeneral) {
      ++n_other;
      continue;
    }
    out.events.push_back({event.side == EventSide::kRight ? kRight : kLeft, *kind, event.time_s,
                          kPersonSdS, "file"});
  }
  sort_by_time(out.events);
  if (n_other > 0) {
    out.notes.push_back(
        fmt::format("{} event{} of the file {} neither a foot's contact nor its toe-off.", n_other,
                    n_other == 1 ? "" : "s", n_other == 1 ? "is" : "are"));
  }
  return out;
}

GaitEvents combine_events(const GaitEvents& plates, const GaitEvents& markers) {
  GaitEvents out;
  out.notes = plates.notes;
  out.notes.insert(out.notes.end(), markers.notes.begin(), markers.notes.end());
  std::vector<bool> replaced(markers.events.size(), false);
  int n_edge = 0;
  for (const GaitEvent& plate : plates.events) {
    // The markers' event of the same kind nearest to it, and whether they see the foot then.
    std::optional<std::size_t> nearest;
    bool foot_is_seen = false;
    for (std::size_t k = 0; k < markers.events.size(); ++k) {
      const GaitEvent& event = markers.events[k];
      if (event.side != plate.side) continue;
      const double away_s = std::abs(event.time_s - plate.time_s);
      if (away_s < 1.0) foot_is_seen = true;
      if (event.kind != plate.kind || away_s > kSameEventS || replaced[k]) continue;
      if (!nearest || away_s < std::abs(markers.events[*nearest].time_s - plate.time_s))
        nearest = k;
    }
    if (!nearest) {
      if (foot_is_seen) {
        ++n_edge;
      } else {
        out.events.push_back(plate);
      }
      continue;
    }
    const GaitEvent& event = markers.events[*nearest];
    const double farthest_s = std::max(kEdgeS, kFarthestSd * std::hypot(event.sd_s, plate.sd_s));
    if (std::abs(event.time_s - plate.time_s) > farthest_s) {
      ++n_edge;
      continue;
    }
    replaced[*nearest] = true;
    out.events.push_back(plate);
  }
  for (std::size_t k = 0; k < markers.events.size(); ++k) {
    if (!replaced[k]) out.events.push_back(markers.events[k]);
  }
  sort_by_time(out.events);
  if (n_edge > 0) {
    out.notes.push_back(
        fmt::format("{} event{} of the force plates {} left out: the markers show the foot landing "
                    "or leaving at "
                    "another time, as over a plate's edge.",
                    n_edge, n_edge == 1 ? "" : "s", n_edge == 1 ? "was" : "were"));
  }
  return out;
}

Result<GaitEvents> gait_events(const EventInputs& inputs, const GaitEventOptions& options) {
  const bool has_plates = inputs.plates != nullptr && inputs.points != nullptr &&
                          inputs.body != nullptr &&
                          std::any_of(inputs.plates->begin(), inputs.plates->end(),
                                      [](const PlateForces& p) { return p.force_n.rows() > 0; });
  switch (options.choice) {
    case EventChoice::kFile:
      if (inputs.file == nullptr || inputs.file->empty()) {
        return fail(Errc::kMissingData, "the file has no events of its own", "",
                    "let contacts be found from plates and markers");
      }
      return file_events(*inputs.file);
    case EventChoice::kPlates:
      if (!has_plates) {
        return fail(Errc::kMissingData, "there is no force plate that could be used", "",
                    "let contacts be found from markers");
      }
      return plate_events(*inputs.plates, *inputs.points, *inputs.body, options.plates);
    case EventChoice::kMarkers:
    case EventChoice::kAuto:
      break;
  }
  if (inputs.gait == nullptr) {
    return fail(Errc::kMissingData, "no paths of feet were given", "", "name the feet's markers");
  }
  GaitEvents markers = marker_events(*inputs.gait, options.markers);
  if (options.choice == EventChoice::kMarkers || !has_plates) return markers;
  auto plates = plate_events(*inputs.plates, *inputs.points, *inputs.body, options.plates);
  if (!plates) {
    markers.notes.push_back("The force plates were not used: " + to_sentence(plates.error()) + ".");
    return markers;
  }
  return combine_events(*plates, markers);
}

}  // namespace catena
