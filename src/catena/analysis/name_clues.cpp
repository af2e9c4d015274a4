#include "catena/analysis/name_clues.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "catena/core/text.h"

namespace catena {
namespace {

constexpr double kSlowest_m_s = 0.5;   // NOLINT(readability-identifier-naming)
constexpr double kFastest_m_s = 13.0;  // NOLINT(readability-identifier-naming)
// Two trials closer than this are one demand.
constexpr double kSameSpeed = 0.05;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || is_upper(c); }

/// "RBDS014StatTrial_2" is "rbds", "stat", "trial": runs of letters, cut before a capital letter
/// that follows a small one.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool in_word = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool hump =
        i > 0 && is_upper(name[i]) && is_letter(name[i - 1]) && !is_upper(name[i - 1]);
    if (is_letter(name[i]) && (!in_word || hump)) words.emplace_back();
    in_word = is_letter(name[i]);
    if (in_word) words.back() += name[i];
  }
  for (std::string& word : words) word = to_lower(word);
  return words;
}

struct Unit {
  std::string_view text;
  double in_m_s;
};

constexpr std::array<Unit, 8> kUnits = {{{"cm_s", 0.01},
                                         {"cms", 0.01},
                                         {"m_s", 1.0},
                                         {"mps", 1.0},
                                         {"ms", 1.0},
                                         {"km_h", 1 / 3.6},
                                         {"kmh", 1 / 3.6},
                                         {"kph", 1 / 3.6}}};

struct Clue {
  double unit_m_s = 0.0;
  double speed_m_s = 0.0;
};

/// The unit that begins at a place and ends with its word; none there.
const Unit* unit_at(std::string_view name, std::size_t at) {
  for (const Unit& unit : kUnits) {
    if (to_lower(name.substr(at, unit.text.size())) != unit.text) continue;
    const std::size_t end = at + unit.text.size();
    if (end == name.size() || !is_letter(name[end])) return &unit;
  }
  return nullptr;
}

/// Every number with a unit of speed.
std::vector<Clue> numbers_with_units(std::string_view name) {
  std::vector<Clue> clues;
  for (std::size_t i = 0; i < name.size();) {
    if (!is_digit(name[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    std::string number;
    while (end < name.size() && is_digit(name[end])) number += name[end++];
    if (end + 1 < name.size() && (name[end] == '.' || name[end] == ',') &&
        is_digit(name[end + 1])) {
      number += '.';
      for (++end; end < name.size() && is_digit(name[end]); ++end) number += name[end];
    }
    const std::size_t gap = end < name.size() && (name[end] == ' ' || name[end] == '_') ? 1 : 0;
    // "run_3_5ms" may be 5 m/s or 3.5.
    const bool part_of_longer =
        i >= 2 && is_digit(name[i - 2]) && (name[i - 1] == '_' || name[i - 1] == '.');
    double value = 0.0;
    const Unit* unit = unit_at(name, end + gap);
    if (unit && !part_of_longer && parse_number(number, value) == NumberKind::kNumber) {
      clues.push_back({unit->in_m_s, value * unit->in_m_s});
    } else if (unit) {
      clues.push_back({unit->in_m_s, -1.0});
    }
    i = end;
  }
  return clues;
}

/// "runT25" is 2.5 m/s: a capital T and two digits that end their word.
std::vector<Clue> tenths(std::string_view name) {
  std::vector<Clue> clues;
  for (std::size_t i = 0; i + 2 < name.size(); ++i) {
    const bool begins = i == 0 || !is_upper(name[i - 1]);
    const bool ends = i + 3 == name.size() || (!is_digit(name[i + 3]) && !is_letter(name[i + 3]));
    if (name[i] != 'T' || !begins || !is_digit(name[i + 1]) || !is_digit(name[i + 2]) || !ends) {
      continue;
    }
    clues.push_back({0.1, (name[i + 1] - '0') + 0.1 * (name[i + 2] - '0')});
  }
  return clues;
}

template <class Find>
std::vector<double> one_for_each(const std::vector<std::string>& stems, Find find) {
  std::vector<double> speeds;
  double unit_m_s = 0.0;
  for (const std::string& stem : stems) {
    const std::vector<Clue> clues = find(stem);
    if (clues.size() != 1) return {};
    const Clue& clue = clues.front();
    if (unit_m_s != 0.0 && clue.unit_m_s != unit_m_s) return {};
    if (!(clue.speed_m_s >= kSlowest_m_s && clue.speed_m_s <= kFastest_m_s)) return {};
    unit_m_s = clue.unit_m_s;
    speeds.push_back(clue.speed_m_s);
  }
  return speeds;
}

}  // namespace

bool is_standing_name(std::string_view stem) {
  const std::string name = to_lower(stem);
  for (const char* part : {"static", "standing", "neutral", "calib"}) {
    if (name.find(part) != std::string::npos) return true;
  }
  for (const std::string& word : words_of(stem)) {
    if (word == "stat" || word == "stand" || word == "cal") return true;
  }
  return false;
}

std::vector<double> speeds_from_names(const std::vector<std::string>& stems) {
  std::vector<double> speeds = one_for_each(stems, numbers_with_units);
  if (!speeds.empty()) return speeds;
  speeds = one_for_each(stems, tenths);
  if (speeds.size() < 2) return {};
  std::vector<double> rising = speeds;
  std::sort(rising.begin(), rising.end());
  for (std::size_t i = 1; i < rising.size(); ++i) {
    if (rising[i] <= (1.0 + kSameSpeed) * rising[i - 1]) return {};
  }
  return speeds;
}

}  // namespace catena
