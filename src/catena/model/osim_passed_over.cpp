#include "catena/model/osim_passed_over.h"

#include <map>
#include <pugixml.hpp>

namespace catena {
namespace {

/// "Forces are passed over: 80 Millard2012EquilibriumMuscle, 17 CoordinateActuator."
void describe_set(const pugi::xml_node& model, const char* set, const std::string& what,
                  std::vector<std::string>& sentences) {
  std::map<std::string, int> count;
  for (const pugi::xml_node& object : objects_of(model.child(set))) ++count[object.name()];
  if (count.empty()) return;
  std::string sentence = what + " are passed over: ";
  int shown = 0;
  for (const auto& [kind, n] : count) {
    if (shown == 6) {
      sentence += ", ...";
      break;
    }
    sentence += (shown++ == 0 ? "" : ", ") + std::to_string(n) + " " + kind;
  }
  sentences.push_back(sentence + ".");
}

int count_of(const pugi::xml_node& body, const char* set) {
  return static_cast<int>(objects_of(body.child(set)).size());
}

}  // namespace

std::vector<std::string> passed_over(const pugi::xml_node& model) {
  std::vector<std::string> sentences;
  describe_set(model, "ForceSet", "Forces", sentences);
  describe_set(model, "ControllerSet", "Controllers", sentences);
  describe_set(model, "ContactGeometrySet", "Contact shapes", sentences);
  describe_set(model, "ProbeSet", "Probes", sentences);
  int wraps = count_of(model.child("Ground"), "WrapObjectSet");
  for (const pugi::xml_node& body : objects_of(model.child("BodySet"))) {
    wraps += count_of(body, "WrapObjectSet");
  }
  if (wraps > 0) {
    sentences.push_back("Wrap objects are passed over: " + std::to_string(wraps) + ".");
  }
  return sentences;
}

}  // namespace catena
