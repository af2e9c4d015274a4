#include "catena/trajectories/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/butterworth.h"
#include "catena/trajectories/label_fit.h"
#include "catena/trajectories/label_tracking.h"
#include "catena/trajectories/swaps.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Result<void> check_options(const CleanOptions& options) {
  const auto limit = [](double x) { return x >= 0.0 && std::isfinite(x); };
  if (!limit(options.gap.longest_of_seen) || !limit(options.gap.largest_error_m) ||
      !limit(options.gap.longest_carried_s) || !limit(options.gap.longest_by_spline_s) ||
      !limit(options.spike.longest_s) || !limit(options.spike.least_size_m) ||
      !limit(options.spike.largest_acceleration_m_s2) || !limit(options.spike.least_noise_ratio)) {
    return fail(Errc::kBadOption, "a limit of cleaning that is negative or not a number", "",
                "give zero to leave a step out");
  }
  if (options.smooth_hz && !(*options.smooth_hz > 0.0 && std::isfinite(*options.smooth_hz))) {
    return fail(Errc::kBadOption, fmt::format("a cutoff of {} Hz", *options.smooth_hz), "",
                "give a frequency above zero; 10 Hz is usual for running");
  }
  return {};
}

/// Two labels that change places all the time would seem to ride on nothing.
MarkerClusters clusters_from_motion(Trajectories trajectories) {
  constexpr std::size_t kMostPoints = 300;  // all are compared with all
  if (trajectories.labels.size() > kMostPoints) return {};
  LabelledPoints labelled = unchanged(trajectories.points_m);
  follow_labels(labelled, trajectories.rate_hz);
  trajectories.points_m = std::move(labelled.points_m);
  return find_clusters(trajectories);
}

class Cleaner {
 public:
  Cleaner(const Trajectories& trajectories, const PointClusters& clusters,
          const CleanOptions& options)
      : clusters_(clusters), options_(options) {
    out_.trajectories = trajectories;
  }

  /// Every two labels are compared: of very many, only those that ride on a known segment.
  void repair_labels(const MarkerClusters& named, const BodyShape* reference) {
    constexpr std::size_t kMostPoints = 300;
    std::vector<int> looked_at;
    std::vector<std::string> labels;
    const bool few = out_.trajectories.labels.size() <= kMostPoints;
    for (std::size_t i = 0; i < out_.trajectories.labels.size(); ++i) {
      const auto cluster = static_cast<std::size_t>(clusters_.cluster_of[i]);
      if (!few && (cluster >= named.members.size() || labels.size() >= kMostPoints)) continue;
      looked_at.push_back(static_cast<int>(i));
      labels.push_back(out_.trajectories.labels[i]);
    }
    if (!few) {
      out_.trajectories.notes.push_back(
          fmt::format("Exchanged labels were looked for among {} of the {} points.", labels.size(),
                      out_.trajectories.labels.size()));
    }
    Eigen::MatrixXd looked_at_m(points_m().rows(), 3 * static_cast<Eigen::Index>(labels.size()));
    for (std::size_t k = 0; k < labels.size(); ++k) {
      looked_at_m.middleCols<3>(3 * static_cast<Eigen::Index>(k)) =
          points_m().middleCols<3>(3 * looked_at[k]);
    }
    LabelledPoints labelled = unchanged(looked_at_m);
    std::optional<BodyShape> in_order;
    if (reference != nullptr) in_order = arranged(*reference, labels);
    const std::vector<FoundSwap> swaps =
        repair_swaps(labelled, place_clusters(named, labels), in_order ? &*in_order : nullptr,
                     out_.trajectories.rate_hz);
    for (std::size_t k = 0; k < labels.size(); ++k) {
      points_m().middleCols<3>(3 * looked_at[k]) =
          labelled.points_m.middleCols<3>(3 * static_cast<Eigen::Index>(k));
    }
    for (FoundSwap swap : swaps) {
      for (int& point : swap.points) point = looked_at[static_cast<std::size_t>(point)];
      add(swap.repaired ? RepairKind::kSwap : RepairKind::kSuspectedSwap, swap.points,
          swap.first_frame, swap.last_frame);
      out_.repairs.back().n_frames = static_cast<int>(swap.n_frames);
      out_.repairs.back().size_m = swap.misfit_before_m;
      ++(swap.repaired ? out_.counts.swaps : out_.counts.suspected_swaps);
    }
  }

  void take_out_spikes() {
    for (const FoundSpike& spike :
         lose_spikes(points_m(), out_.trajectories.rate_hz, options_.spike)) {
      add(RepairKind::kSpike, {spike.point}, spike.first_frame, spike.last_frame);
      out_.repairs.back().size_m = spike.size_m;
      ++out_.counts.spikes;
    }
  }

  void note_breaks() {
    for (const FoundSpike& found :
         find_breaks(points_m(), out_.trajectories.rate_hz, options_.spike)) {
      add(RepairKind::kBreak, {found.point}, found.first_frame, found.last_frame);
      out_.repairs.back().size_m = found.size_m;
      ++out_.counts.breaks;
    }
  }

  void fill() {
    for (const FoundGap& gap :
         fill_gaps(points_m(), clusters_, out_.trajectories.rate_hz, options_.gap)) {
      const bool left = gap.fill == GapFill::kLeftLost;
      add(left                              ? RepairKind::kLeftLost
          : gap.fill == GapFill::kByCluster ? RepairKind::kGapByCluster
                                            : RepairKind::kGapBySpline,
          {gap.point}, gap.first_frame, gap.last_frame);
      out_.repairs.back().size_m = gap.error_m;
      ++(left ? out_.counts.gaps_left : out_.counts.gaps_filled);
      (left ? out_.counts.positions_lost : out_.counts.positions_filled) +=
          gap.last_frame - gap.first_frame + 1;
    }
  }

  void smooth(double cutoff_hz) {
    for (Eigen::Index column = 0; column < points_m().cols(); ++column) {
      points_m().col(column) =
          low_pass_zero_lag(points_m().col(column), out_.trajectories.rate_hz, cutoff_hz);
    }
  }

  Cleaned take() { return std::move(out_); }

 private:
  Eigen::MatrixXd& points_m() { return out_.trajectories.points_m; }

  void add(RepairKind kind, const std::vector<int>& points, Eigen::Index first, Eigen::Index last) {
    Repair repair;
    repair.kind = kind;
    for (const int point : points) {
      repair.markers.push_back(out_.trajectories.labels[static_cast<std::size_t>(point)]);
    }
    repair.first_frame = static_cast<int>(first);
    repair.last_frame = static_cast<int>(last);
    repair.n_frames = static_cast<int>(last - first + 1);
    repair.first_s = out_.trajectories.time_s[first];
    repair.last_s = out_.trajectories.time_s[last];
    repair.size_m = kNaN;
    out_.repairs.push_back(std::move(repair));
  }

  const PointClusters& clusters_;
  const CleanOptions& options_;
  Cleaned out_;
};

}  // namespace

Result<Cleaned> clean(const Trajectories& trajectories, const MarkerClusters& clusters,
                      const BodyShape* reference, const CleanOptions& options) {
  CATENA_CHECK(check_options(options));
  const MarkerClusters named =
      clusters.members.empty() ? clusters_from_motion(trajectories) : clusters;
  const PointClusters placed = place_clusters(named, trajectories.labels);
  Cleaner cleaner(trajectories, placed, options);
  if (options.swaps) cleaner.repair_labels(named, reference);
  if (options.spikes) cleaner.take_out_spikes();
  if (options.gaps) cleaner.fill();
  if (options.spikes) cleaner.note_breaks();
  if (options.smooth_hz) cleaner.smooth(*options.smooth_hz);
  return cleaner.take();
}

}  // namespace catena
