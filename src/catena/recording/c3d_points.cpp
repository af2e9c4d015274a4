// Names of points, and which of them are no markers.
#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "catena/core/text.h"
#include "catena/recording/c3d_meaning.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

struct OutputList {
  const char* list;  // parameter that names the outputs
  OutputKind kind;
  const char* unit;  // parameter that says their unit
};

constexpr std::array<OutputList, 5> kLists = {{
    {"ANGLES", OutputKind::kAngles, "ANGLE_UNITS"},
    {"FORCES", OutputKind::kForces, "FORCE_UNITS"},
    {"MOMENTS", OutputKind::kMoments, "MOMENT_UNITS"},
    {"POWERS", OutputKind::kPowers, "POWER_UNITS"},
    {"SCALARS", OutputKind::kScalars, "SCALAR_UNITS"},
}};

struct KindAndUnit {
  OutputKind kind = OutputKind::kAngles;
  std::string unit;
};

std::string_view without_prefix(std::string_view label) {
  const std::size_t colon = label.rfind(':');
  return colon == std::string_view::npos ? label : label.substr(colon + 1);
}

/// Every name that a list of outputs holds.
std::unordered_map<std::string, KindAndUnit> listed_outputs(const std::vector<C3dGroup>& groups) {
  std::unordered_map<std::string, KindAndUnit> listed;
  const auto add = [&](const std::string& list, OutputKind kind, const std::string& unit) {
    for (const std::string& name : joined_texts(groups, "POINT", list)) {
      if (!name.empty()) listed.try_emplace(name, KindAndUnit{kind, unit});
    }
  };
  for (const OutputList& known : kLists) {
    add(known.list, known.kind, text_of(groups, "POINT", known.unit));
  }
  // Pairs of a list's name and its unit's: a maker's own kinds ("REACTIONS") stand there too.
  const std::vector<std::string> pairs = texts_of(groups, "POINT", "TYPE_GROUPS");
  for (std::size_t i = 0; i + 1 < pairs.size() && i < 64; i += 2) {
    if (pairs[i].empty() || equal_ignoring_case(pairs[i], "LABELS")) continue;
    add(pairs[i], OutputKind::kScalars, text_of(groups, "POINT", pairs[i + 1] + "_UNITS"));
  }
  return listed;
}

/// Plug-in Gait's names, for files whose writer dropped the lists.
std::optional<OutputKind> kind_by_name(std::string_view label) {
  static constexpr std::array<std::pair<std::string_view, OutputKind>, 5> kEndings = {{
      {"Angles", OutputKind::kAngles},
      {"Angle", OutputKind::kAngles},
      {"Force", OutputKind::kForces},
      {"Moment", OutputKind::kMoments},
      {"Power", OutputKind::kPowers},
  }};
  static constexpr std::array<std::string_view, 17> kPlaces = {
      "Hip",   "Knee",   "Ankle",          "AbsAnkle",     "Pelvis", "FootProgress",
      "Spine", "Thorax", "Neck",           "Head",         "Waist",  "Shoulder",
      "Elbow", "Wrist",  "GroundReaction", "NormalisedGR", "Foot"};
  label = without_prefix(label);
  if (label.size() < 2 || (label[0] != 'L' && label[0] != 'R')) return std::nullopt;
  label.remove_prefix(1);
  for (const auto& [ending, kind] : kEndings) {
    if (label.size() <= ending.size() || !label.ends_with(ending)) continue;
    const std::string_view place = label.substr(0, label.size() - ending.size());
    if (std::find(kPlaces.begin(), kPlaces.end(), place) != kPlaces.end()) return kind;
  }
  return std::nullopt;
}

/// Gives every point a label of its own.
class Namer {
 public:
  explicit Namer(const std::vector<std::string>& spelled) {
    for (const std::string& label : spelled) taken_.insert(label);
  }
  std::string name(const std::string& spelled, std::size_t number) {
    if (spelled.empty()) {
      ++n_blank_;
      return unused("*" + std::to_string(number), 0);
    }
    int& times = seen_[spelled];
    if (++times == 1) return spelled;
    twice_.insert(spelled);
    return unused(spelled, times);
  }
  std::size_t n_blank() const { return n_blank_; }
  const std::unordered_set<std::string>& twice() const { return twice_; }

 private:
  std::string unused(const std::string& label, int number) {
    std::string name = number == 0 ? label : label + "_" + std::to_string(number);
    while (!taken_.insert(name).second) {
      number = std::max(number + 1, 2);
      name = label + "_" + std::to_string(number);
    }
    if (number > 0) seen_[label] = number;
    return name;
  }

  std::unordered_set<std::string> taken_, twice_;
  std::unordered_map<std::string, int> seen_;
  std::size_t n_blank_ = 0;
};

}  // namespace

C3dPoints name_points(const std::vector<C3dGroup>& groups, std::size_t n_points,
                      std::vector<std::string>& notes) {
  std::vector<std::string> spelled = joined_texts(groups, "POINT", "LABELS");
  spelled.resize(n_points);
  const std::unordered_map<std::string, KindAndUnit> listed = listed_outputs(groups);
  Namer namer(spelled);
  C3dPoints points;
  std::size_t n_by_name = 0;
  for (std::size_t i = 0; i < n_points; ++i) {
    std::string label = namer.name(spelled[i], i + 1);
    auto found = listed.find(spelled[i]);
    if (found == listed.end()) found = listed.find(std::string(without_prefix(spelled[i])));
    ModelOutput output;
    if (found != listed.end()) {
      output.kind = found->second.kind;
      output.unit = found->second.unit;
    } else if (const std::optional<OutputKind> kind = kind_by_name(spelled[i])) {
      output.kind = *kind;
      ++n_by_name;
    } else {
      points.output.push_back(-1);
      points.labels.push_back(std::move(label));
      continue;
    }
    points.output.push_back(static_cast<int>(points.outputs.size()));
    output.label = std::move(label);
    points.outputs.push_back(std::move(output));
  }
  const auto note = [&](std::size_t n, const char* one, const char* many) {
    if (n > 0) notes.push_back(n == 1 ? std::string(one) : std::to_string(n) + many);
  };
  note(namer.n_blank(), "A point has no label: it is named by its number, as in *7.",
       " points have no label: they are named by their numbers, as in *7.");
  if (!namer.twice().empty()) {
    const std::string& first = *std::min_element(namer.twice().begin(), namer.twice().end());
    const std::string rest = " (" + excerpt(first) + "): the later ones got _2, _3 behind them.";
    note(namer.twice().size(), ("A label stands more than once" + rest).c_str(),
         (" labels stand more than once" + rest).c_str());
  }
  note(n_by_name, "A point is named like a Plug-in Gait output and was not taken for a marker.",
       " points are named like Plug-in Gait outputs and were not taken for markers.");
  return points;
}

}  // namespace catena
