#include "catena/model/osim_tree.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>

namespace catena {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// The joint that carries each body; kNone for ground.
Result<std::vector<int>> carrying_joints(const ModelDraft& draft) {
  const Model& model = draft.model;
  std::vector<int> carrier(model.bodies.size(), kNone);
  for (std::size_t j = 0; j < model.joints.size(); ++j) {
    const int child = draft.child[j];
    if (child == kGround) {
      return fail(Errc::kUnsupported, "joint '" + model.joints[j].name + "' carries ground",
                  draft.joint_places[j], "turn the joint round: ground is always the parent");
    }
    if (carrier[at(child)] != kNone) {
      return fail(Errc::kUnsupported,
                  "body '" + model.bodies[at(child)].name + "' is carried by two joints, '" +
                      model.joints[at(carrier[at(child)])].name + "' and '" + model.joints[j].name +
                      "'; Catena follows trees, not loops",
                  draft.joint_places[j], "turn one of the joints round or take it out");
    }
    carrier[at(child)] = static_cast<int>(j);
  }
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    if (carrier[b] != kNone) continue;
    return fail(Errc::kMissingData,
                "no joint carries body '" + model.bodies[b].name + "' to its parent",
                draft.body_places[b], "add a joint (a FreeJoint to ground if it moves freely)");
  }
  return carrier;
}

/// Bodies in order, ground first; those in a circle are left out.
std::vector<int> order_from_ground(const Model& model, const std::vector<int>& carrier) {
  std::vector<std::vector<int>> children(model.bodies.size());
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    children[at(model.joints[at(carrier[b])].parent)].push_back(static_cast<int>(b));
  }
  std::priority_queue<int, std::vector<int>, std::greater<>> ready;
  std::vector<int> order;
  ready.push(kGround);
  while (!ready.empty()) {
    const int body = ready.top();
    ready.pop();
    order.push_back(body);
    for (const int child : children[at(body)]) ready.push(child);
  }
  return order;
}

std::string name_circle(const Model& model, const std::vector<int>& carrier,
                        const std::vector<int>& order, int& member) {
  std::vector<bool> reached(model.bodies.size(), false);
  for (const int body : order) reached[at(body)] = true;
  member = 1;
  while (reached[at(member)]) ++member;
  // Walking up long enough from any body that ground does not reach ends inside the circle; its
  // first body in the file names it.
  const auto up = [&](int body) { return model.joints[at(carrier[at(body)])].parent; };
  for (std::size_t i = 0; i < model.bodies.size(); ++i) member = up(member);
  for (int body = up(member), start = member; body != start; body = up(body)) {
    member = std::min(member, body);
  }
  std::string names = "'" + model.bodies[at(member)].name + "'";
  int shown = 1;
  for (int body = up(member); body != member; body = up(body)) {
    if (shown++ == 5) return names + ", ...";
    names += ", '" + model.bodies[at(body)].name + "'";
  }
  return names;
}

}  // namespace

Result<void> order_bodies(ModelDraft& draft) {
  Model& model = draft.model;
  CATENA_TRY(carrier, carrying_joints(draft));
  const std::vector<int> order = order_from_ground(model, carrier);
  if (order.size() != model.bodies.size()) {
    int member = kNone;
    const std::string names = name_circle(model, carrier, order, member);
    return fail(Errc::kBadFormat, "bodies hang on each other in a circle: " + names,
                draft.joint_places[at(carrier[at(member)])],
                "let one of them hang on ground or on another body");
  }

  std::vector<int> new_body(order.size());
  std::vector<int> new_joint(model.joints.size());
  Model sorted;
  sorted.bodies.push_back(model.bodies[0]);
  for (std::size_t b = 1; b < order.size(); ++b) {
    const int joint = carrier[at(order[b])];
    new_body[at(order[b])] = static_cast<int>(b);
    new_joint[at(joint)] = static_cast<int>(b) - 1;
    sorted.bodies.push_back(std::move(model.bodies[at(order[b])]));
    sorted.joints.push_back(std::move(model.joints[at(joint)]));
    sorted.joints.back().parent = new_body[at(sorted.joints.back().parent)];
  }
  model.bodies = std::move(sorted.bodies);
  model.joints = std::move(sorted.joints);
  for (Coordinate& coordinate : model.coordinates) {
    coordinate.joint = new_joint[at(coordinate.joint)];
  }
  for (ModelMarker& marker : model.markers) marker.body = new_body[at(marker.body)];
  return {};
}

Result<void> order_couplers(ModelDraft& draft) {
  Model& model = draft.model;
  std::vector<int> setter(model.coordinates.size(), kNone);
  for (std::size_t c = 0; c < model.couplers.size(); ++c) {
    int& slot = setter[at(model.couplers[c].dependent)];
    if (slot != kNone) {
      return fail(Errc::kBadFormat,
                  "two constraints, '" + model.couplers[at(slot)].name + "' and '" +
                      model.couplers[c].name + "', set coordinate '" +
                      model.coordinates[at(model.couplers[c].dependent)].name + "'",
                  draft.coupler_places[c], "take one of them out");
    }
    slot = static_cast<int>(c);
  }
  // Depth: how many couplers stand before this one.
  std::vector<int> depth(model.couplers.size(), kNone);
  for (std::size_t c = 0; c < model.couplers.size(); ++c) {
    std::vector<int> chain;
    int current = static_cast<int>(c);
    while (current != kNone && depth[at(current)] == kNone) {
      if (chain.size() > model.couplers.size()) {
        return fail(Errc::kBadFormat,
                    "constraint '" + model.couplers[c].name +
                        "' couples coordinates to each other in a circle",
                    draft.coupler_places[c], "take one constraint out");
      }
      chain.push_back(current);
      current = setter[at(model.couplers[at(current)].independent)];
    }
    int next = current == kNone ? 0 : depth[at(current)] + 1;
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) depth[at(*link)] = next++;
  }
  std::vector<int> order(model.couplers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&depth](int a, int b) { return depth[at(a)] < depth[at(b)]; });
  std::vector<CoordinateCoupler> sorted;
  sorted.reserve(order.size());
  for (const int index : order) sorted.push_back(std::move(model.couplers[at(index)]));
  model.couplers = std::move(sorted);
  return {};
}

}  // namespace catena
