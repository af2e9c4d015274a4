// What recorded labels mean: the marker set that they are of, and the place of each on the body.
#pragma once

#include <Eigen/Core>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "catena/trajectories/body_points.h"
#include "catena/trajectories/marker_set.h"

namespace catena {

struct LabelMeaning {
  std::string segment;    // one of kSegments; empty: not known
  std::string landmark;   // "right_asis"; empty: on no landmark, or not known
  bool computed = false;  // from other markers
};

struct NearMiss {
  std::string label;  // as recorded
  std::string meant;  // the set's
};

struct IdentifiedLabels {
  std::string set_name;  // empty: of no known set
  std::string set_source;
  std::vector<LabelMeaning> meanings;  // (n_labels); of all sets together where the set has none
  int n_matched = 0;                   // labels that the set knows
  std::vector<std::string> missing;    // of the set, without what may be left out in a run
  std::vector<std::string> unknown;    // labels that the set does not know
  std::vector<NearMiss> near_misses;   // unknown labels that are a slip away from a missing one
  std::vector<std::string> notes;      // labels alike but for case or prefix
};

/// The set that explains the labels best, when it knows six of them and they are
/// three fifths of what it has in a run. A
/// label that it does not know has the meaning that all other sets agree on, if any.
IdentifiedLabels identify_labels(const std::vector<std::string>& labels,
                                 std::span<const MarkerSet> sets = known_marker_sets());

/// "'RAIS' is not in the set Plug-in Gait; did you mean 'RASI'?", one of each near miss.
std::vector<std::string> near_miss_sentences(const IdentifiedLabels& identified);

/// What the labels do not suffice for, a sentence each; empty when everything can be answered. It
/// follows from how many markers each segment has, not from the set.
std::vector<std::string> what_is_lacking(const IdentifiedLabels& identified);

/// For finding the ground frame.
BodyPoints body_points(const IdentifiedLabels& identified);

/// The points that ride on each segment, computed ones left out: for filling gaps, and for finding
/// labels that were exchanged.
std::map<std::string, std::vector<Eigen::Index>> points_by_segment(
    const IdentifiedLabels& identified);

}  // namespace catena
