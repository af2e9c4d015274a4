#include "catena/model/osim_constraints.h"

#include <pugixml.hpp>
#include <unordered_map>

#include "catena/model/osim_functions.h"

namespace catena {
namespace {

using IndexByName = std::unordered_map<std::string, int>;

Result<int> coordinate_of(const std::string& name, const pugi::xml_node& node,
                          const OsimSource& source, const IndexByName& coordinates) {
  const auto found = coordinates.find(name);
  if (found != coordinates.end()) return found->second;
  if (name.empty()) {
    return fail(Errc::kMissingData, describe(node) + " names no dependent coordinate",
                source.place(node));
  }
  return fail(Errc::kMissingData,
              describe(node) + " couples coordinate '" + name + "', which the model does not have",
              source.place(node), "correct the name");
}

Result<CoordinateCoupler> read_coupler(const OsimSource& source, const pugi::xml_node& node,
                                       const IndexByName& coordinates) {
  CoordinateCoupler coupler;
  coupler.name = name_of(node);
  const std::vector<std::string> independent = words(node, "independent_coordinate_names");
  if (independent.size() != 1) {
    return fail(Errc::kUnsupported,
                describe(node) + " depends on " + std::to_string(independent.size()) +
                    " coordinates; Catena follows one",
                source.place(node));
  }
  CATENA_TRY(first, coordinate_of(independent[0], node, source, coordinates));
  CATENA_TRY(second,
             coordinate_of(word(node, "dependent_coordinate_name"), node, source, coordinates));
  if (first == second) {
    return fail(Errc::kBadFormat,
                describe(node) + " couples coordinate '" + independent[0] + "' to itself",
                source.place(node));
  }
  coupler.independent = first;
  coupler.dependent = second;
  CATENA_TRY(function, read_function_in(source, property(node, "coupled_coordinates_function")));
  if (!function) {
    return fail(Errc::kBadFormat, describe(node) + " has no function", source.place(node));
  }
  CATENA_TRY(scale, read_number(source, node, "scale_factor", 1.0));
  coupler.function = *function;
  coupler.function.scale *= scale;
  return coupler;
}

Result<bool> is_enforced(const OsimSource& source, const pugi::xml_node& node) {
  CATENA_TRY(disabled, read_flag(source, node, "isDisabled", false));
  CATENA_TRY(enforced, read_flag(source, node, "isEnforced", !disabled));
  return enforced;
}

}  // namespace

Result<void> read_constraints(const OsimSource& source, const std::vector<pugi::xml_node>& nodes,
                              ModelDraft& draft) {
  IndexByName coordinates;
  for (std::size_t i = 0; i < draft.model.coordinates.size(); ++i) {
    coordinates[draft.model.coordinates[i].name] = static_cast<int>(i);
  }
  for (const pugi::xml_node& node : nodes) {
    CATENA_TRY(enforced, is_enforced(source, node));
    if (!enforced) {
      draft.model.assumptions.push_back(describe(node) + " is not enforced, as the file says.");
      continue;
    }
    if (std::string_view(node.name()) != "CoordinateCouplerConstraint") {
      return fail(Errc::kUnsupported,
                  describe(node) +
                      " is enforced; of constraints Catena has coordinate couplers "
                      "only",
                  source.place(node), "switch it off (isEnforced false) or take it out");
    }
    CATENA_TRY(coupler, read_coupler(source, node, coordinates));
    draft.model.couplers.push_back(coupler);
    draft.coupler_places.push_back(source.place(node));
  }
  return {};
}

}  // namespace catena
