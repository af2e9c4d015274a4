#include "catena/trajectories/swaps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "catena/math/rigid_fit.h"
#include "catena/trajectories/label_fit.h"
#include "catena/trajectories/piece_swaps.h"
#include "catena/trajectories/whole_swaps.h"

namespace catena {
namespace {

constexpr Eigen::Index kMostFrames = 40;

/// Labels that held each other's positions at any time, set by set.
std::vector<std::vector<int>> sets_of_moved(const LabelledPoints& labelled) {
  const std::size_t n = labelled.sources.size();
  std::vector<int> root(n);
  std::iota(root.begin(), root.end(), 0);
  const auto find = [&](int p) {
    while (root[static_cast<std::size_t>(p)] != p) p = root[static_cast<std::size_t>(p)];
    return p;
  };
  for (std::size_t p = 0; p < n; ++p) {
    for (const int source : labelled.sources[p]) {
      const int one = find(static_cast<int>(p));
      const int other = find(source);
      if (one != other) root[static_cast<std::size_t>(other)] = one;
    }
  }
  std::map<int, std::vector<int>> sets;
  for (std::size_t p = 0; p < n; ++p) {
    const int point = static_cast<int>(p);
    sets[find(point)].push_back(point);
  }
  std::vector<std::vector<int>> out;
  for (auto& [key, set] : sets) {
    if (set.size() > 1) out.push_back(std::move(set));
  }
  return out;
}

/// Frames in a row in which a set of labels is exchanged alike.
struct Stretch {
  std::vector<int> held;  // whose positions in the file each label of the set holds now
  Eigen::Index first = 0;
  Eigen::Index last = 0;
};

std::vector<Stretch> stretches_of(const LabelledPoints& labelled, const std::vector<int>& set) {
  std::vector<Stretch> out;
  const Eigen::Index n_frames = labelled.points_m.rows();
  std::vector<int> held(set.size());
  for (Eigen::Index f = 0; f < n_frames; ++f) {
    for (std::size_t k = 0; k < set.size(); ++k) {
      held[k] = labelled.sources[static_cast<std::size_t>(set[k])][static_cast<std::size_t>(f)];
    }
    if (held == set) continue;
    if (!out.empty() && out.back().last == f - 1 && out.back().held == held) {
      out.back().last = f;
    } else {
      out.push_back({held, f, f});
    }
  }
  return out;
}

/// Where a label's positions of the file are held now.
LabelSources as_in_file(const std::vector<int>& set, const std::vector<int>& held,
                        std::size_t n_points) {
  LabelSources sources = own_sources(n_points);
  for (std::size_t k = 0; k < set.size(); ++k) sources[static_cast<std::size_t>(held[k])] = set[k];
  return sources;
}

/// Gives every label of a set its positions of the file back.
void take_back(LabelledPoints& labelled, const std::vector<int>& set, const Stretch& stretch) {
  std::vector<int> held = stretch.held;
  for (std::size_t k = 0; k < set.size(); ++k) {
    const auto holder =
        static_cast<std::size_t>(std::find(held.begin(), held.end(), set[k]) - held.begin());
    if (holder == k || holder == held.size()) continue;
    exchange(labelled, {set[k], set[holder]}, stretch.first, stretch.last);
    std::swap(held[k], held[holder]);
  }
}

/// Labels that really differ in a stretch, as one cycle: the first holds what the second held.
std::vector<int> moved_labels(const std::vector<int>& set, const std::vector<int>& held) {
  std::vector<int> moved;
  for (std::size_t k = 0; k < set.size(); ++k) {
    if (set[k] != held[k]) moved.push_back(set[k]);
  }
  return moved;
}

std::vector<Eigen::Index> frames_of(const std::vector<Stretch>& stretches, Eigen::Index most) {
  std::vector<Eigen::Index> all;
  for (const Stretch& s : stretches) {
    for (Eigen::Index f = s.first; f <= s.last; ++f) all.push_back(f);
  }
  std::vector<Eigen::Index> some;
  for (const Eigen::Index k : some_frames(0, static_cast<Eigen::Index>(all.size()) - 1, most)) {
    some.push_back(all[static_cast<std::size_t>(k)]);
  }
  return some;
}

std::vector<Eigen::Index> frames_without(const std::vector<Stretch>& stretches,
                                         Eigen::Index n_frames) {
  std::vector<Stretch> rest;
  Eigen::Index next = 0;
  for (const Stretch& s : stretches) {
    if (s.first > next) rest.push_back({{}, next, s.first - 1});
    next = s.last + 1;
  }
  if (next < n_frames) rest.push_back({{}, next, n_frames - 1});
  return frames_of(rest, 100);
}

/// Whether the frames of some stretches, all exchanged alike, fit the shape better exchanged;
/// kKeep: clearly worse.
LabelVerdict confirm(const LabelledPoints& labelled, const PointClusters& clusters,
                     const BodyShape& shape, const std::vector<int>& set,
                     const std::vector<Stretch>& stretches, FoundSwap& swap) {
  const std::vector<int>& held = stretches.front().held;
  const std::vector<Eigen::Index> frames = frames_of(stretches, kMostFrames);
  const std::size_t n = labelled.sources.size();
  const LabelMisfit recorded = label_misfit(labelled.points_m, clusters, shape, swap.points,
                                            as_in_file(set, held, n), frames);
  const LabelMisfit exchanged =
      label_misfit(labelled.points_m, clusters, shape, swap.points, own_sources(n), frames);
  swap.misfit_before_m = recorded.cluster_m;
  swap.misfit_after_m = exchanged.cluster_m;
  if (judge(recorded, exchanged) == LabelVerdict::kExchange) return LabelVerdict::kExchange;
  if (judge(exchanged, recorded) == LabelVerdict::kExchange) return LabelVerdict::kKeep;
  // Surrounded by frames that show which label is which: the paths are proof enough where the
  // shape does not speak against them.
  const bool inside = std::all_of(stretches.begin(), stretches.end(), [&](const Stretch& s) {
    return s.first > 0 && s.last + 1 < labelled.points_m.rows();
  });
  const bool against = exchanged.cluster_m > recorded.cluster_m;
  return inside && !against ? LabelVerdict::kExchange : LabelVerdict::kDoubtful;
}

/// Whether nothing tells which side of an exchange is the right one: labels of one segment, no
/// other recording to ask, and neither side much longer.
bool side_is_open(const PointClusters& clusters, const FoundSwap& swap, Eigen::Index n_frames) {
  constexpr double kMuchLonger = 2.0;
  for (const int point : swap.points) {
    if (clusters.cluster_of[static_cast<std::size_t>(point)] !=
        clusters.cluster_of[static_cast<std::size_t>(swap.points.front())]) {
      return false;
    }
  }
  const bool at_an_end = swap.first_frame == 0 || swap.last_frame + 1 == n_frames;
  const auto exchanged = static_cast<double>(swap.n_frames);
  return at_an_end && static_cast<double>(n_frames) - exchanged < kMuchLonger * exchanged;
}

/// Where a path breaks or is lost for long the labels may have changed places once more: what lies
/// before and after is looked at by itself.
std::vector<Stretch> cut_at_breaks(const LabelledPoints& labelled, const std::vector<int>& set,
                                   const std::vector<Stretch>& stretches, double rate_hz) {
  std::set<Eigen::Index> starts;
  for (const int point : set) {
    for (const Piece& piece : pieces_of(labelled, point, rate_hz)) starts.insert(piece.first);
  }
  std::vector<Stretch> pieces;
  for (const Stretch& s : stretches) {
    pieces.push_back(s);
    for (auto at = starts.upper_bound(s.first); at != starts.end() && *at <= s.last; ++at) {
      pieces.back().last = *at - 1;
      pieces.push_back({s.held, *at, s.last});
    }
  }
  return pieces;
}

/// Checks what the paths say of one set of labels against the shape of the body in the other
/// frames; takes back what it does not confirm.
void confirm_set(LabelledPoints& labelled, const PointClusters& clusters,
                 const BodyShape* reference, const std::vector<int>& set, double rate_hz,
                 std::vector<FoundSwap>& doubtful) {
  const std::vector<Stretch> stretches = stretches_of(labelled, set);
  const BodyShape shape = describe_shape(labelled.points_m, clusters,
                                         frames_without(stretches, labelled.points_m.rows()));
  // Short stretches are judged together, long ones one by one.
  const auto n_long = static_cast<Eigen::Index>(0.1 * rate_hz);
  std::map<std::vector<int>, std::vector<Stretch>> together;
  std::vector<std::vector<Stretch>> groups;
  for (const Stretch& s : cut_at_breaks(labelled, set, stretches, rate_hz)) {
    if (s.last - s.first + 1 >= n_long) {
      groups.push_back({s});
    } else {
      together[s.held].push_back(s);
    }
  }
  for (auto& [held, group] : together) groups.push_back(std::move(group));
  for (const std::vector<Stretch>& group : groups) {
    FoundSwap swap;
    swap.points = moved_labels(set, group.front().held);
    swap.first_frame = group.front().first;
    swap.last_frame = group.back().last;
    for (const Stretch& s : group) swap.n_frames += s.last - s.first + 1;
    const bool open = reference == nullptr && group.size() == 1 &&
                      side_is_open(clusters, swap, labelled.points_m.rows());
    const LabelVerdict verdict = confirm(labelled, clusters, shape, set, group, swap);
    if (verdict == LabelVerdict::kExchange && !open) continue;
    for (const Stretch& s : group) take_back(labelled, set, s);
    if (verdict != LabelVerdict::kKeep) doubtful.push_back(swap);
  }
}

/// What differs from the file, in the end. Exchanges of the same labels that follow each other
/// closely are one.
std::vector<FoundSwap> list_swaps(const LabelledPoints& labelled, double rate_hz) {
  std::vector<FoundSwap> found;
  const auto n_close = static_cast<Eigen::Index>(0.1 * rate_hz);
  for (const std::vector<int>& set : sets_of_moved(labelled)) {
    std::map<std::vector<int>, std::size_t> last_of;
    for (const Stretch& s : stretches_of(labelled, set)) {
      const std::vector<int> moved = moved_labels(set, s.held);
      const auto before = last_of.find(s.held);
      if (before != last_of.end() && s.first - found[before->second].last_frame <= n_close) {
        found[before->second].last_frame = s.last;
        found[before->second].n_frames += s.last - s.first + 1;
        continue;
      }
      last_of[s.held] = found.size();
      FoundSwap swap;
      swap.points = moved;
      swap.first_frame = s.first;
      swap.last_frame = s.last;
      swap.n_frames = s.last - s.first + 1;
      swap.repaired = true;
      found.push_back(swap);
    }
  }
  return found;
}

/// How the segments of exchanged labels fit together before and after, for the reader.
void measure(const LabelledPoints& labelled, const Eigen::MatrixXd& recorded_m,
             const PointClusters& clusters, const BodyShape* reference, FoundSwap& swap) {
  const std::vector<Eigen::Index> frames =
      some_frames(swap.first_frame, swap.last_frame, kMostFrames);
  BodyShape own;
  if (reference == nullptr) {
    own = describe_shape(labelled.points_m, clusters,
                         some_frames(0, labelled.points_m.rows() - 1, kMostFrames));
  }
  const BodyShape& shape = reference != nullptr ? *reference : own;
  const LabelSources sources = own_sources(labelled.sources.size());
  swap.misfit_before_m =
      label_misfit(recorded_m, clusters, shape, swap.points, sources, frames).cluster_m;
  swap.misfit_after_m =
      label_misfit(labelled.points_m, clusters, shape, swap.points, sources, frames).cluster_m;
}

}  // namespace

std::vector<FoundSwap> repair_swaps(LabelledPoints& labelled, const PointClusters& clusters,
                                    const BodyShape* reference, double rate_hz) {
  const Eigen::MatrixXd recorded_m = labelled.points_m;
  std::vector<FoundSwap> doubtful;

  // Within the recording.
  follow_labels(labelled, rate_hz);
  for (const std::vector<int>& set : sets_of_moved(labelled)) {
    confirm_set(labelled, clusters, reference, set, rate_hz, doubtful);
  }
  // For all of it; then for pieces of it, which may have hidden what all of it has.
  exchange_across_segments(labelled, clusters, reference, doubtful);
  if (reference != nullptr) {
    std::vector<FoundSwap> not_yet;
    exchange_within_segments(labelled, clusters, *reference, not_yet);
    exchange_pieces(labelled, clusters, *reference, rate_hz);
    exchange_within_segments(labelled, clusters, *reference, doubtful);
  } else {
    const BodyShape own = describe_shape(labelled.points_m, clusters,
                                         some_frames(0, labelled.points_m.rows() - 1, kMostFrames));
    exchange_pieces(labelled, clusters, own, rate_hz, 1.0 / 3.0);
  }

  std::vector<FoundSwap> found = list_swaps(labelled, rate_hz);
  for (FoundSwap& swap : found) measure(labelled, recorded_m, clusters, reference, swap);
  found.insert(found.end(), doubtful.begin(), doubtful.end());
  return found;
}

}  // namespace catena
