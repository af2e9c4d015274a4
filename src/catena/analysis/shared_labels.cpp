#include "catena/analysis/shared_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "catena/core/text.h"
#include "catena/trajectories/match_labels.h"

namespace catena {
namespace {

struct JoinedSegment {
  std::string_view segment, parent;
};
// From the trunk outwards, so that a parent without markers hands on to its own.
constexpr std::array<JoinedSegment, 14> kJoints = {{{"thorax", "pelvis"},
                                                    {"head", "thorax"},
                                                    {"right_thigh", "pelvis"},
                                                    {"left_thigh", "pelvis"},
                                                    {"right_shank", "right_thigh"},
                                                    {"left_shank", "left_thigh"},
                                                    {"right_foot", "right_shank"},
                                                    {"left_foot", "left_shank"},
                                                    {"right_upper_arm", "thorax"},
                                                    {"left_upper_arm", "thorax"},
                                                    {"right_forearm", "right_upper_arm"},
                                                    {"left_forearm", "left_upper_arm"},
                                                    {"right_hand", "right_forearm"},
                                                    {"left_hand", "left_forearm"}}};

// More names than this tell a reader no more.
constexpr std::size_t kMostNames = 8;

std::string names_of(const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostNames, labels.size()); ++i) {
    text += (i == 0 ? "" : ", ") + excerpt(labels[i]);
  }
  if (labels.size() > kMostNames) text += fmt::format(" and {} more", labels.size() - kMostNames);
  return text;
}

/// The meanings of some of the labels.
IdentifiedLabels meanings_for(const std::vector<std::string>& labels, const SharedLabels& shared) {
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < shared.labels.size(); ++i) place[shared.labels[i]] = i;
  IdentifiedLabels meaning = shared.meaning;
  meaning.meanings.clear();
  for (const std::string& label : labels) {
    meaning.meanings.push_back(shared.meaning.meanings[place.at(label)]);
  }
  return meaning;
}

}  // namespace

MarkerClusters clusters_of(const std::vector<std::string>& labels,
                           const IdentifiedLabels& meaning) {
  MarkerClusters clusters;
  std::map<std::string, int> cluster_of;  // of each segment with markers
  for (const auto& [segment, points] : points_by_segment(meaning)) {
    cluster_of[segment] = static_cast<int>(clusters.members.size());
    clusters.members.emplace_back();
    for (const Eigen::Index point : points) {
      clusters.members.back().push_back(labels[static_cast<std::size_t>(point)]);
    }
  }
  std::map<std::string, std::string> stands_for;  // a segment without markers: the one above it
  for (const JoinedSegment& joint : kJoints) {
    std::string parent(joint.parent);
    while (stands_for.contains(parent)) parent = stands_for[parent];
    const auto above = cluster_of.find(parent);
    const auto own = cluster_of.find(std::string(joint.segment));
    if (own == cluster_of.end()) {
      stands_for[std::string(joint.segment)] = parent;
    } else if (above != cluster_of.end()) {
      clusters.joined.emplace_back(own->second, above->second);
    }
  }
  return clusters;
}

SharedLabels share_labels(const std::vector<FittedRun*>& runs) {
  SharedLabels shared;
  for (FittedRun* run : runs) {
    std::vector<std::string>& labels = run->trajectories.labels;
    if (!shared.labels.empty()) {
      MatchedLabels matched = match_labels(labels, shared.labels, {}, "another recording's");
      labels = std::move(matched.labels);
      for (const std::string& note : matched.notes) run->notes.push_back(run->file + ": " + note);
    }
    for (const std::string& label : labels) {
      if (std::find(shared.labels.begin(), shared.labels.end(), label) == shared.labels.end()) {
        shared.labels.push_back(label);
      }
    }
  }
  shared.meaning = identify_labels(shared.labels);
  shared.clusters = clusters_of(shared.labels, shared.meaning);
  for (FittedRun* run : runs) run->meaning = meanings_for(run->trajectories.labels, shared);

  shared.notes = near_miss_sentences(shared.meaning);
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < shared.labels.size(); ++i) {
    if (shared.meaning.meanings[i].segment.empty()) unknown.push_back(shared.labels[i]);
  }
  if (!unknown.empty()) {
    shared.notes.push_back(fmt::format(
        "Where {} {} on the body is not known, so {} not used: {}. A mapping of labels (--labels) "
        "can say.",
        unknown.size() == 1 ? "one marker" : fmt::format("{} markers", unknown.size()),
        unknown.size() == 1 ? "sits" : "sit", unknown.size() == 1 ? "it is" : "they are",
        names_of(unknown)));
  }
  return shared;
}

}  // namespace catena
