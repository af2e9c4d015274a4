#include "catena/trajectories/whole_swaps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "catena/math/rigid_fit.h"
#include "catena/math/statistics.h"
#include "catena/trajectories/label_fit.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Eigen::Index kMostFrames = 40;

/// An exchange of labels: each cycle's first takes what its second holds, the last what the first.
using Cycles = std::vector<std::vector<int>>;

/// Two labels, three in a round, or two pairs.
std::vector<Cycles> possible_exchanges(const std::vector<int>& members) {
  constexpr std::size_t kMostForTwoPairs = 6;
  std::vector<Cycles> out;
  const std::size_t n = members.size();
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) out.push_back({{members[a], members[b]}});
  }
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      for (std::size_t c = b + 1; c < n; ++c) {
        out.push_back({{members[a], members[b], members[c]}});
        out.push_back({{members[a], members[c], members[b]}});
      }
    }
  }
  const std::size_t n_pairs = n * (n - 1) / 2;
  for (std::size_t one = 0; n <= kMostForTwoPairs && one < n_pairs; ++one) {
    for (std::size_t two = one + 1; two < n_pairs; ++two) {
      const std::vector<int>& p = out[one].front();
      const std::vector<int>& q = out[two].front();
      const bool apart = p[0] != q[0] && p[0] != q[1] && p[1] != q[0] && p[1] != q[1];
      if (apart) out.push_back({p, q});
    }
  }
  return out;
}

LabelSources sources_after(const Cycles& cycles, std::size_t n_points) {
  LabelSources sources = own_sources(n_points);
  for (const std::vector<int>& cycle : cycles) {
    for (std::size_t k = 0; k < cycle.size(); ++k) {
      sources[static_cast<std::size_t>(cycle[k])] = cycle[(k + 1) % cycle.size()];
    }
  }
  return sources;
}

std::vector<int> moved_by(const Cycles& cycles) {
  std::vector<int> moved;
  for (const std::vector<int>& cycle : cycles) {
    moved.insert(moved.end(), cycle.begin(), cycle.end());
  }
  return moved;
}

/// What a rigid fit leaves of a cluster's mean shape in the recording, labels exchanged.
class MeanShape {
 public:
  MeanShape(const LabelledPoints& labelled, const std::vector<int>& members,
            const BodyShape& reference)
      : members_(members), reference_(3, static_cast<Eigen::Index>(members.size())) {
    const Eigen::Index n_frames = labelled.points_m.rows();
    shape_ = cluster_shape(labelled.points_m, members, some_frames(0, n_frames - 1, 100));
    for (std::size_t k = 0; k < members.size(); ++k) {
      reference_.col(static_cast<Eigen::Index>(k)) = reference.places_m.col(members[k]);
    }
  }

  [[nodiscard]] double misfit_m(const LabelSources& sources) const {
    Eigen::Matrix3Xd places = shape_.places_m;
    Eigen::VectorXd weights(places.cols());
    for (std::size_t k = 0; k < members_.size(); ++k) {
      const auto from = std::find(members_.begin(), members_.end(),
                                  sources[static_cast<std::size_t>(members_[k])]);
      const Eigen::Index source = from - members_.begin();
      const auto column = static_cast<Eigen::Index>(k);
      places.col(column) = shape_.places_m.col(source);
      const double spread_m = shape_.spread_m[source];
      weights[column] = std::isnan(spread_m) ? 0.0 : 1.0 / (spread_m * spread_m + 25e-6);
    }
    return fit_rigid(reference_, places, weights).rms_m;
  }

 private:
  const std::vector<int>& members_;
  ClusterShape shape_;
  Eigen::Matrix3Xd reference_;
};

struct Candidate {
  Cycles cycles;  // empty: as recorded
  double misfit_m = 0.0;
  LabelMisfit misfit;
};

/// The exchanges that fit the mean shape about as well as the best of all.
std::vector<Candidate> best_fitting(const LabelledPoints& labelled, const std::vector<int>& members,
                                    const BodyShape& reference) {
  // Twice the misfit is clearly worse; below 2 mm all are alike.
  constexpr double kAlike_m = 0.002;  // NOLINT(readability-identifier-naming)
  const MeanShape mean(labelled, members, reference);
  const std::size_t n = labelled.sources.size();
  std::vector<Candidate> all = {{{}, mean.misfit_m(own_sources(n)), {}}};
  for (const Cycles& cycles : possible_exchanges(members)) {
    all.push_back({cycles, mean.misfit_m(sources_after(cycles, n)), {}});
  }
  double best_m = all.front().misfit_m;
  for (const Candidate& c : all) best_m = std::min(best_m, c.misfit_m);
  std::erase_if(
      all, [&](const Candidate& c) { return !(c.misfit_m <= 2.0 * std::max(best_m, kAlike_m)); });
  return all;
}

/// One segment; true when labels were exchanged.
bool exchange_in(LabelledPoints& labelled, const PointClusters& clusters,
                 const std::vector<int>& members, const BodyShape& reference,
                 std::vector<FoundSwap>& doubtful) {
  std::vector<Candidate> near = best_fitting(labelled, members, reference);
  const std::size_t n = labelled.sources.size();
  if (near.empty() || (near.size() == 1 && near.front().cycles.empty())) return false;
  const bool may_be_right = near.front().cycles.empty();

  // Neighbours see all labels that any of the candidates would move.
  std::set<int> any;
  for (const Candidate& c : near) {
    for (const int point : moved_by(c.cycles)) any.insert(point);
  }
  const std::vector<int> moved(any.begin(), any.end());
  const Eigen::Index n_frames = labelled.points_m.rows();
  const std::vector<Eigen::Index> frames = some_frames(0, n_frames - 1, kMostFrames);
  const auto misfit_of = [&](const Cycles& cycles) {
    return label_misfit(labelled.points_m, clusters, reference, moved, sources_after(cycles, n),
                        frames);
  };
  for (Candidate& c : near) c.misfit = misfit_of(c.cycles);
  const auto worse = [](const Candidate& a, const Candidate& b) {
    const bool known = !std::isnan(a.misfit.neighbours_m + b.misfit.neighbours_m);
    return known ? a.misfit.neighbours_m < b.misfit.neighbours_m : a.misfit_m < b.misfit_m;
  };
  std::sort(near.begin(), near.end(), worse);
  const Candidate& best = near.front();
  if (best.cycles.empty() || best.misfit.cluster_m > reference.largest_misfit_m) return false;
  LabelVerdict verdict = judge(misfit_of({}), best.misfit);
  // Several exchanges may fit alike: then the neighbours must prefer one.
  constexpr double kPreferred = 1.5;
  constexpr double kPosture_m = 0.005;  // NOLINT(readability-identifier-naming)
  if (verdict == LabelVerdict::kExchange && near.size() > 1 && !may_be_right) {
    const double second_m = near[1].misfit.neighbours_m;
    const bool preferred = second_m >= kPreferred * std::max(best.misfit.neighbours_m, kPosture_m);
    if (!preferred) verdict = LabelVerdict::kDoubtful;
  }
  if (verdict == LabelVerdict::kExchange) {
    for (const std::vector<int>& cycle : best.cycles) exchange(labelled, cycle, 0, n_frames - 1);
    return true;
  }
  if (verdict == LabelVerdict::kDoubtful) {
    FoundSwap swap;
    swap.points = moved_by(best.cycles);
    swap.last_frame = n_frames - 1;
    swap.n_frames = n_frames;
    swap.misfit_before_m = misfit_of({}).cluster_m;
    swap.misfit_after_m = best.misfit.cluster_m;
    doubtful.push_back(swap);
  }
  return false;
}

/// Those that the recording and the reference show: nothing can be said of the others.
std::vector<int> known_in_both(const LabelledPoints& labelled, const BodyShape& reference,
                               const std::vector<int>& points) {
  std::vector<int> known;
  for (const int point : points) {
    const bool lost = labelled.points_m.col(3 * point).array().isNaN().all();
    if (!lost && !std::isnan(reference.places_m(0, point))) known.push_back(point);
  }
  return known;
}

/// How far a distance departs from the reference's (mean over the frames), or without one how much
/// it changes (eight of ten frames); NaN when hardly a frame shows both points.
double departure_m(const LabelledPoints& labelled, int one, int other, const BodyShape* reference,
                   const std::vector<Eigen::Index>& frames) {
  std::vector<double> distances;
  for (const Eigen::Index f : frames) {
    const double d =
        (labelled.points_m.block<1, 3>(f, 3 * one) - labelled.points_m.block<1, 3>(f, 3 * other))
            .norm();
    if (!std::isnan(d)) distances.push_back(d);
  }
  if (distances.size() < 5) return kNaN;
  if (reference == nullptr) {
    const std::vector<double> range = quantiles(distances, std::array{0.1, 0.9});
    return range[1] - range[0];
  }
  double sum_m = 0.0;
  for (const double d : distances) sum_m += std::abs(d - reference->distance_m(one, other));
  return sum_m / static_cast<double>(distances.size());
}

/// The points of all clusters that do not keep their place among the others of their cluster.
std::vector<int> out_of_place(const LabelledPoints& labelled, const PointClusters& clusters,
                              const BodyShape* reference, const std::vector<Eigen::Index>& frames) {
  constexpr double kBeyondSkin_m = 0.03;  // NOLINT(readability-identifier-naming)
  std::vector<int> out;
  for (const std::vector<int>& members : clusters.members) {
    for (const int point : members) {
      std::vector<double> departures;
      for (const int mate : members) {
        if (mate == point) continue;
        const double d = departure_m(labelled, point, mate, reference, frames);
        if (!std::isnan(d)) departures.push_back(d);
      }
      if (!departures.empty() && median(departures) > kBeyondSkin_m) out.push_back(point);
    }
  }
  return out;
}

/// Misfit of the two labels' clusters; against their own mean shape where there is no reference.
LabelMisfit misfit_across(const LabelledPoints& labelled, const PointClusters& clusters,
                          const BodyShape* reference, const std::vector<int>& pair,
                          const std::vector<Eigen::Index>& frames) {
  const LabelSources own = own_sources(labelled.sources.size());
  if (reference != nullptr) {
    return label_misfit(labelled.points_m, clusters, *reference, pair, own, frames);
  }
  const BodyShape shape = describe_shape(labelled.points_m, clusters, frames);
  LabelMisfit misfit = label_misfit(labelled.points_m, clusters, shape, pair, own, frames);
  misfit.neighbours_m = kNaN;
  return misfit;
}

/// Two labels of different segments that fit clearly better exchanged, and what that leaves.
struct AcrossPair {
  std::vector<int> points;
  double left_m = 0.0;
};

/// Whether other labels of the same two segments would fit about as well: of two segments with two
/// markers each, either pair may be the exchanged one.
bool has_rival(const PointClusters& clusters, const std::vector<AcrossPair>& pairs,
               const AcrossPair& best) {
  constexpr double kClearlyBetter = 1.5;
  constexpr double kAlike_m = 0.003;  // NOLINT(readability-identifier-naming)
  const auto segments = [&](const std::vector<int>& points) {
    std::set<int> of;
    for (const int p : points) of.insert(clusters.cluster_of[static_cast<std::size_t>(p)]);
    return of;
  };
  return std::any_of(pairs.begin(), pairs.end(), [&](const AcrossPair& other) {
    return other.points != best.points && segments(other.points) == segments(best.points) &&
           other.left_m < kClearlyBetter * std::max(best.left_m, kAlike_m);
  });
}

/// What two labels of different segments, exchanged, leave; NaN when that is not clearly less than
/// as recorded, or cannot be said.
double misfit_if_exchanged(LabelledPoints& labelled, const PointClusters& clusters,
                           const BodyShape* reference, const std::vector<int>& pair,
                           const std::vector<Eigen::Index>& frames) {
  constexpr double kLeastGain_m = 0.02;  // NOLINT(readability-identifier-naming)
  const auto cluster_of = [&](int point) {
    return static_cast<std::size_t>(clusters.cluster_of[static_cast<std::size_t>(point)]);
  };
  if (cluster_of(pair[0]) == cluster_of(pair[1])) return kNaN;
  // Of two markers that lose their distance nobody knows which is the stranger.
  const bool enough = clusters.members[cluster_of(pair[0])].size() > 2 &&
                      clusters.members[cluster_of(pair[1])].size() > 2;
  if (reference == nullptr && !enough) return kNaN;
  const Eigen::Index last = labelled.points_m.rows() - 1;
  const LabelMisfit recorded = misfit_across(labelled, clusters, reference, pair, frames);
  exchange(labelled, pair, 0, last);
  const LabelMisfit exchanged = misfit_across(labelled, clusters, reference, pair, frames);
  exchange(labelled, pair, 0, last);
  if (judge(recorded, exchanged) != LabelVerdict::kExchange) return kNaN;
  if (recorded.cluster_m - exchanged.cluster_m < kLeastGain_m) return kNaN;
  if (reference != nullptr && exchanged.cluster_m > reference->largest_misfit_m) return kNaN;
  return exchanged.cluster_m + (std::isnan(exchanged.neighbours_m) ? 0.0 : exchanged.neighbours_m);
}

}  // namespace

void exchange_within_segments(LabelledPoints& labelled, const PointClusters& clusters,
                              const BodyShape& reference, std::vector<FoundSwap>& doubtful) {
  for (const std::vector<int>& all : clusters.members) {
    const std::vector<int> members = known_in_both(labelled, reference, all);
    if (members.size() < 2) continue;
    // One exchange may uncover the next.
    for (std::size_t k = 0; k < members.size(); ++k) {
      if (!exchange_in(labelled, clusters, members, reference, doubtful)) break;
    }
  }
}

void exchange_across_segments(LabelledPoints& labelled, const PointClusters& clusters,
                              const BodyShape* reference, std::vector<FoundSwap>& doubtful) {
  const Eigen::Index n_frames = labelled.points_m.rows();
  const std::vector<Eigen::Index> frames = some_frames(0, n_frames - 1, kMostFrames);
  for (std::size_t round = 0; round < labelled.sources.size(); ++round) {
    const std::vector<int> suspects = out_of_place(labelled, clusters, reference, frames);
    std::vector<AcrossPair> pairs;
    for (std::size_t a = 0; a < suspects.size(); ++a) {
      for (std::size_t b = a + 1; b < suspects.size(); ++b) {
        const std::vector<int> pair = {suspects[a], suspects[b]};
        const double left_m = misfit_if_exchanged(labelled, clusters, reference, pair, frames);
        if (!std::isnan(left_m)) pairs.push_back({pair, left_m});
      }
    }
    if (pairs.empty()) return;
    const AcrossPair best = *std::min_element(
        pairs.begin(), pairs.end(),
        [](const AcrossPair& a, const AcrossPair& b) { return a.left_m < b.left_m; });
    if (has_rival(clusters, pairs, best)) {
      FoundSwap swap;
      swap.points = best.points;
      swap.last_frame = n_frames - 1;
      swap.n_frames = n_frames;
      doubtful.push_back(swap);
      return;
    }
    exchange(labelled, best.points, 0, n_frames - 1);
  }
}

}  // namespace catena
