#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/analysis/inspect.h"
#include "catena/gait/picture_points.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {
namespace {

/// Landmarks of which something is lost, worst first.
std::vector<Loss> losses_of(const PoseRecording& pose, double& fraction_of_all) {
  std::vector<Loss> losses;
  double sum = 0.0;
  const auto n_frames = static_cast<double>(pose.places_px.rows());
  for (std::size_t p = 0; p < pose.labels.size(); ++p) {
    const auto lost = pose.places_px.col(2 * static_cast<Eigen::Index>(p)).array().isNaN();
    int gap = 0;
    int longest = 0;
    for (Eigen::Index i = 0; i < lost.size(); ++i) {
      gap = lost[i] ? gap + 1 : 0;
      longest = std::max(longest, gap);
    }
    const double fraction = static_cast<double>(lost.count()) / n_frames;
    sum += fraction;
    if (longest > 0) losses.push_back({pose.labels[p], fraction, longest / pose.rate_hz});
  }
  fraction_of_all = sum / static_cast<double>(pose.labels.size());
  std::stable_sort(losses.begin(), losses.end(),
                   [](const Loss& a, const Loss& b) { return a.fraction > b.fraction; });
  return losses;
}

}  // namespace

Inspection inspect(const PoseRecording& pose) {
  // 30 frames a second are 33 ms a frame, of a contact of 250 ms.
  constexpr double kFastEnough_hz = 100.0;  // NOLINT(readability-identifier-naming)
  Inspection result;
  result.kind = FileKind::kRecording;
  result.format = pose.source.empty() ? "pose JSON" : "pose JSON (" + pose.source + ")";
  result.n_frames = static_cast<int>(pose.places_px.rows());
  result.rate_hz = pose.rate_hz;
  result.first_s = pose.time_s[0];
  result.last_s = pose.time_s[pose.time_s.size() - 1];
  result.labels = pose.labels;
  result.losses = losses_of(pose, result.missing_fraction);
  result.notes = pose.notes;
  if (std::isfinite(pose.width_px) && std::isfinite(pose.height_px)) {
    result.facts.push_back(
        fmt::format("places in pictures of {:.6g} x {:.6g} pixels", pose.width_px, pose.height_px));
  }
  const IdentifiedLabels labels = identify_labels(pose.labels);
  result.marker_set = {labels.set_name, labels.n_matched, labels.missing, labels.unknown,
                       near_miss_sentences(labels)};
  result.problems = result.marker_set.near_misses;
  const auto picture = picture_points(pose);
  if (picture) {
    result.facts.push_back(fmt::format("a person facing {}, some {:.0f} pixels tall",
                                       picture->faces_left ? "left" : "right",
                                       1.75 / picture->metres_per_px));
    result.can.emplace_back("Contacts, strides and their times: give it to strides.");
  } else {
    result.cannot.push_back("Strides: " + to_sentence(picture.error()) + ".");
  }
  if (pose.rate_hz < kFastEnough_hz) {
    result.problems.push_back(
        fmt::format("{:.6g} frames a second leave {:.0f} ms between two pictures; 120 or more show "
                    "contacts better.",
                    pose.rate_hz, 1000.0 / pose.rate_hz));
  }
  result.cannot.emplace_back(
      "The leg-behind budget: one camera sees neither pelvic tilt nor low back; that takes "
      "markers.");
  return result;
}

}  // namespace catena
