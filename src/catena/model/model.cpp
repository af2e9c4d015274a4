#include "catena/model/model.h"

#include <algorithm>
#include <iterator>

namespace catena {
namespace {

template <class Thing>
int find_named(const std::vector<Thing>& things, const std::string& name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&name](const Thing& thing) { return thing.name == name; });
  return found == things.end() ? kNone : static_cast<int>(std::distance(things.begin(), found));
}

}  // namespace

int find_body(const Model& model, const std::string& name) {
  return find_named(model.bodies, name);
}

int find_coordinate(const Model& model, const std::string& name) {
  return find_named(model.coordinates, name);
}

int find_marker(const Model& model, const std::string& name) {
  return find_named(model.markers, name);
}

}  // namespace catena
