#include "catena/recording/force_units.h"

#include <algorithm>
#include <array>
#include <string>

#include "catena/core/text.h"

namespace catena {
namespace {

struct Spelling {
  std::string_view word;
  double in_si;
};

constexpr double kNewtonsPerPound = 4.4482216152605;  // NOLINT(readability-identifier-naming)

constexpr std::array<Spelling, 9> kForces = {{{"newtons", 1.0},
                                              {"nt", 1.0},
                                              {"n", 1.0},
                                              {"kilonewtons", 1e3},
                                              {"kn", 1e3},
                                              {"pounds", kNewtonsPerPound},
                                              {"lbf", kNewtonsPerPound},
                                              {"lbs", kNewtonsPerPound},
                                              {"lb", kNewtonsPerPound}}};
constexpr std::array<Spelling, 11> kLengths = {{{"mm", 1e-3},
                                                {"millimeters", 1e-3},
                                                {"millimetres", 1e-3},
                                                {"cm", 1e-2},
                                                {"centimeters", 1e-2},
                                                {"centimetres", 1e-2},
                                                {"m", 1.0},
                                                {"meters", 1.0},
                                                {"metres", 1.0},
                                                {"in", 0.0254},
                                                {"ft", 0.3048}}};
constexpr std::array<Spelling, 2> kImperial = {{{"in", 0.0254}, {"ft", 0.3048}}};
constexpr std::array<Spelling, 4> kVoltages = {
    {{"volts", 1.0}, {"v", 1.0}, {"mv", 1e-3}, {"millivolts", 1e-3}}};

// How much of the text's start a spelling explains: all of the word, or what is left of a long
// word that the file cut off at the text's end.
std::size_t explains(std::string_view text, std::string_view word) {
  if (text.starts_with(word)) return word.size();
  if (word.size() > 4 && word.back() == 's' && text.starts_with(word.substr(0, word.size() - 1))) {
    return word.size() - 1;
  }
  return text.size() >= 3 && word.starts_with(text) ? text.size() : 0;
}

template <std::size_t n>
double whole(std::string_view text, const std::array<Spelling, n>& spellings) {
  for (const Spelling& known : spellings) {
    if (!text.empty() && explains(text, known.word) == text.size()) return known.in_si;
  }
  return 0.0;
}

}  // namespace

ForceUnit parse_force_unit(std::string_view text) {
  std::string plain;
  for (const char c : to_lower(text)) {
    if (c >= 'a' && c <= 'z') plain += c;
  }
  const std::string_view unit = plain;
  if (const double force = whole(unit, kForces); force > 0.0) return {UnitKind::kForce, force};
  if (const double length = whole(unit, kLengths); length > 0.0) {
    return {UnitKind::kLength, length};
  }
  if (const double volt = whole(unit, kVoltages); volt > 0.0) return {UnitKind::kVoltage, volt};
  for (const Spelling& force : kForces) {
    const std::size_t used = explains(unit, force.word);
    if (used == 0) continue;
    const double length = whole(unit.substr(used), kLengths);
    if (length > 0.0) return {UnitKind::kMoment, force.in_si * length};
  }
  // Inch-pounds and foot-pounds are written the other way round.
  const double length = whole(unit.substr(0, std::min<std::size_t>(2, unit.size())), kImperial);
  const double force = unit.size() > 2 ? whole(unit.substr(2), kForces) : 0.0;
  if (length > 0.0 && force > 0.0) return {UnitKind::kMoment, force * length};
  return {};
}

}  // namespace catena
