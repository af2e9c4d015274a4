#include "catena/model/chain_map.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace catena {
namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The first of the names, in their order, that a body has; names are compared without case.
int find_any(const std::vector<std::string>& bodies, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const auto found = std::find(bodies.begin(), bodies.end(), name);
    if (found != bodies.end()) return static_cast<int>(found - bodies.begin());
  }
  return kNone;
}

/// "femur" on the right: femur_r, r_femur, femur_right, right_femur, femurright, rightfemur.
std::vector<std::string> sided(const std::vector<std::string>& stems, Side side) {
  const std::string word = kSideNames[side];
  const std::string letter = word.substr(0, 1);
  std::vector<std::string> names;
  for (const std::string& stem : stems) {
    for (const std::string& ending : {"_" + letter, "_" + word, word}) {
      names.push_back(stem);
      names.back() += ending;
    }
    for (const std::string& beginning : {letter + "_", word + "_", word}) {
      names.push_back(beginning);
      names.back() += stem;
    }
  }
  return names;
}

std::string list_bodies(const Model& model) {
  std::string list;
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    if (b == 21) return list + ", ...";
    list += (b == 1 ? "" : ", ") + model.bodies[b].name;
  }
  return list.empty() ? "none" : list;
}

}  // namespace

Result<ChainMap> find_chain(const Model& model) {
  std::vector<std::string> bodies;
  bodies.reserve(model.bodies.size());
  for (const Body& body : model.bodies) bodies.push_back(lowered(body.name));
  ChainMap chain;
  chain.pelvis = find_any(bodies, {"pelvis", "pelv"});
  chain.thorax = find_any(bodies, {"torso", "thorax", "trunk", "upper_trunk", "head_arms_trunk"});
  for (const Side side : kSides) {
    chain.thigh[side] = find_any(bodies, sided({"femur", "thigh", "upperleg", "upper_leg"}, side));
    chain.shank[side] = find_any(bodies, sided({"tibia", "shank", "lowerleg", "lower_leg"}, side));
    chain.foot[side] = find_any(bodies, sided({"calcn", "foot", "hindfoot", "calcaneus"}, side));
  }
  std::string missing;
  if (chain.pelvis == kNone) missing = "pelvis";
  for (const Side side : kSides) {
    if (!missing.empty() || chain.thigh[side] != kNone) continue;
    missing = std::string(kSideNames[side]) + " thigh";
  }
  if (missing.empty()) return chain;
  return fail(Errc::kMissingData,
              "the model has no " + missing + "; its bodies are " + list_bodies(model),
              "model " + model.name, "name the bodies pelvis, femur_r and femur_l");
}

}  // namespace catena
