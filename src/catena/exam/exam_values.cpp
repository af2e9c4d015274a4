#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "catena/core/spelling.h"
#include "catena/core/text.h"
#include "catena/exam/exam_reader.h"
#include "catena/exam/exam_tests.h"

namespace catena {
namespace {

using Kind = TreeValue::Kind;

constexpr std::array<std::string_view, 11> kTestKeys = {
    "name",   "side",     "value_deg", "value_cm",          "value_mm",     "count",
    "method", "positive", "examiner",  "pelvis_controlled", "provokes_pain"};

/// A key that gives the result, and the unit that it is in.
struct ResultKey {
  std::string_view key;
  ExamUnit unit;
};
constexpr std::array<ResultKey, 5> kResultKeys = {{{"value_deg", ExamUnit::kDeg},
                                                   {"value_cm", ExamUnit::kCm},
                                                   {"value_mm", ExamUnit::kMm},
                                                   {"count", ExamUnit::kCount},
                                                   {"positive", ExamUnit::kFinding}}};

std::string_view key_of(ExamUnit unit) {
  return std::ranges::find(kResultKeys, unit, &ResultKey::unit)->key;
}

bool is_length(ExamUnit unit) { return unit == ExamUnit::kCm || unit == ExamUnit::kMm; }

/// Smaller than a right angle would be in radians, and finer than anybody reads degrees.
bool looks_like_radians(double value_deg) {
  const double tenths = 10.0 * value_deg;
  return std::abs(value_deg) <= std::numbers::pi / 2 &&
         std::abs(tenths - std::round(tenths)) > 1e-9;
}

/// The result in SI; NaN with a note where there is none that can be used.
double read_result(const TreeValue& item, const ExamTest& test, ExamReader& reader) {
  const TreeValue* given = nullptr;
  ExamUnit unit = test.unit;
  for (const ResultKey& result : kResultKeys) {
    const TreeValue* value = item.find(result.key);
    if (!value) continue;
    if (given) {
      reader.note(*value, fmt::format("{} has two results; it is not used", test.name),
                  fmt::format("keep {}", key_of(test.unit)));
      return std::nan("");
    }
    given = value;
    unit = result.unit;
  }
  if (!given) {
    reader.note(item, fmt::format("{} has no result; it is not used", test.name),
                fmt::format("add {}", key_of(test.unit)));
    return std::nan("");
  }
  if (unit != test.unit && !(is_length(unit) && is_length(test.unit))) {
    reader.note(*given,
                fmt::format("{} is not given by {}; it is not used", test.name, key_of(unit)),
                fmt::format("write {}", key_of(test.unit)));
    return std::nan("");
  }
  if (unit == ExamUnit::kFinding) {
    const Answered positive = reader.yes_or_no(item, "positive");
    return positive ? (*positive ? 1.0 : 0.0) : std::nan("");
  }
  if (given->kind != Kind::kNumber) {
    reader.note(*given, fmt::format("the result of {} is no number; it is not used", test.name),
                "write it without quotes");
    return std::nan("");
  }
  const Result<double> value = usable_result(test, unit, given->number);
  if (value) return *value;
  reader.note(*given, value.error().what + "; it is not used", value.error().hint);
  return std::nan("");
}

const ExamTest* test_named(const TreeValue& item, ExamReader& reader) {
  const std::string name = reader.text(item, "name");
  if (const ExamTest* test = find_test(to_lower(name))) return test;
  std::vector<std::string_view> known;
  for (const ExamTest& test : exam_tests()) known.push_back(test.id);
  const std::string meant = nearest_word(name, known);
  reader.note(item.find("name") ? *item.find("name") : item,
              name.empty() ? std::string("a test without a name is not used")
                           : fmt::format("there is no test '{}'; it is not used", excerpt(name)),
              meant.empty() ? std::string() : "did you mean " + meant + "?");
  return nullptr;
}

std::string read_method(const TreeValue& item, ExamReader& reader) {
  const std::string method = to_lower(reader.text(item, "method"));
  const auto known = exam_methods();
  if (method.empty() || std::ranges::find(known, method) != known.end()) return method;
  const std::string meant = nearest_word(method, known);
  reader.note(*item.find("method"), fmt::format("there is no method '{}'", excerpt(method)),
              meant.empty() ? std::string("write goniometer, inclinometer, trigonometric, tape or "
                                          "eye")
                            : "did you mean " + meant + "?");
  return "";
}

/// What had to be taken for the error of a measurement, said once for each test.
void note_assumed(const TreeValue& item, const ExamTest& test, const ExamValue& value,
                  std::set<std::string>& said, ExamReader& reader) {
  const bool by_method = std::ranges::any_of(
      test.errors, [](const TestError& error) { return !error.method.empty(); });
  const bool by_pelvis = std::ranges::any_of(
      test.errors, [](const TestError& error) { return error.pelvis_controlled.has_value(); });
  const bool no_method = by_method && value.method.empty() && !std::isnan(value.sem);
  const bool no_pelvis = by_pelvis && !value.pelvis_controlled;
  if ((!no_method && !no_pelvis) || !said.insert(test.id).second) return;
  if (no_pelvis) {
    reader.note(item,
                test.name +
                    ": whether the pelvis was held is not said, so it is taken as "
                    "not held",
                "add pelvis_controlled = true where it was");
  }
  if (no_method) {
    reader.note(item,
                test.name +
                    ": how it was measured is not said, so the largest error of the "
                    "known methods is taken",
                "add method = \"inclinometer\" or the like");
  }
}

}  // namespace

Result<double> usable_result(const ExamTest& test, ExamUnit unit, double given) {
  if (unit == ExamUnit::kDeg && looks_like_radians(given)) {
    return fail(Errc::kBadFormat,
                fmt::format("{} deg in {} looks like radians", in_words(given), test.name), "",
                "write degrees, to one decimal at most");
  }
  const double value = to_si(unit, given);
  const bool is_whole = unit != ExamUnit::kCount || given == std::floor(given);
  if (!(value >= test.low - 1e-9 && value <= test.high + 1e-9) || !is_whole) {
    return fail(Errc::kBadFormat,
                fmt::format("{} in {} cannot be ({} to {} can)", in_words(given), test.name,
                            in_words(from_si(unit, test.low)), in_words(from_si(unit, test.high))),
                "", unit == ExamUnit::kDeg ? "is it another test, or another zero?" : "");
  }
  return value;
}

std::vector<ExamValue> read_exam_values(const TreeValue& top, ExamReader& reader) {
  std::vector<ExamValue> values;
  const TreeValue* list = top.find("test");
  if (!list) return values;
  if (list->kind != Kind::kList) {
    reader.note(*list, "the tests are no list; they are not used", "write [[test]] above each");
    return values;
  }
  std::set<std::string> said;
  std::set<std::pair<std::string, int>> seen;  // test and side
  for (const TreeValue& item : list->items) {
    if (item.kind != Kind::kTable) {
      reader.note(item, "a test is no table; it is not used", "write [[test]] above each");
      continue;
    }
    reader.check_keys(item, kTestKeys, "in [[test]]");
    const ExamTest* test = test_named(item, reader);
    if (!test) continue;
    ExamValue value;
    value.test = test->id;
    value.value = read_result(item, *test, reader);
    if (std::isnan(value.value)) continue;
    value.method = read_method(item, reader);
    value.pelvis_controlled = reader.yes_or_no(item, "pelvis_controlled");
    value.provokes_pain = reader.yes_or_no(item, "provokes_pain");
    value.examiner = reader.text(item, "examiner");
    if (const TestError* error = find_error(*test, value.method, value.pelvis_controlled)) {
      value.sem = *error->sem.usable();
    }
    const std::string side = reader.side(item);
    std::vector<std::optional<Side>> sides;
    if (!test->sided) {
      if (!side.empty()) {
        reader.note(*item.find("side"), test->name + " has no sides; the side is not used");
      }
      sides = {std::nullopt};
    } else if (side.empty()) {
      if (!item.find("side")) {
        reader.note(item, test->name + " has no side; it is not used",
                    "add side = \"right\", \"left\" or \"both\"");
      }
    } else {
      if (side != "left") sides.emplace_back(kRight);
      if (side != "right") sides.emplace_back(kLeft);
    }
    for (const std::optional<Side>& one : sides) {
      if (!seen.emplace(test->id, one ? *one : 2).second) {
        reader.note(item,
                    fmt::format("{}{} is given twice; the first is used", test->name,
                                one ? fmt::format(" on the {}", kSideNames[*one]) : ""),
                    "keep one of the two");
        continue;
      }
      note_assumed(item, *test, value, said, reader);
      value.side = one;
      values.push_back(value);
    }
  }
  return values;
}

}  // namespace catena
