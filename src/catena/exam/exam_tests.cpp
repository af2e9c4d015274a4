#include "catena/exam/exam_tests.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <set>

#include "catena/core/json_node.h"
#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/exam/exam_tests_file.h"

namespace catena {
namespace {

constexpr std::array<const char*, 5> kUnitNames = {"deg", "cm", "mm", "count", "finding"};
constexpr std::array<const char*, 3> kGrades = {"A", "B", "C"};
constexpr std::array<std::string_view, 5> kMethods = {"goniometer", "inclinometer", "trigonometric",
                                                      "tape", "eye"};

Result<char> read_grade(const JsonNode& node) {
  CATENA_TRY(grade, node.word("grade", kGrades));
  return kGrades[grade][0];
}

Result<TestNorm> read_norm(const JsonNode& node, ExamUnit unit) {
  TestNorm norm;
  CATENA_TRY(grade, read_grade(node));
  CATENA_TRY(mean, node.number_or_nan("mean"));
  CATENA_TRY(sd, node.number_or_nan("sd"));
  CATENA_TRY(n, node.number_or_nan("n"));
  CATENA_TRY(who, node.text("who"));
  CATENA_TRY(source, node.text("source"));
  norm.mean = {to_si(unit, mean), grade};
  norm.sd = {to_si(unit, sd), grade};
  norm.n = std::isnan(n) ? 0 : static_cast<int>(n);
  norm.who = who;
  norm.source = source;
  return norm;
}

/// The SEM as it was published, or from the MDC (Z sqrt(2) SEM), or from the ICC and the SD between
/// persons (SD sqrt(1 - ICC)); and what comes to it.
Result<double> read_sem(const JsonNode& node) {
  CATENA_TRY(sem, node.number_or_nan("sem"));
  CATENA_TRY(mdc95, node.number_or_nan("mdc95"));
  CATENA_TRY(mdc90, node.number_or_nan("mdc90"));
  CATENA_TRY(icc, node.number_or_nan("icc"));
  CATENA_TRY(sd, node.number_or_nan("sd"));
  CATENA_TRY(and_sd, node.number_or_nan("and_sd"));
  double own = sem;
  if (!std::isnan(mdc95)) own = mdc95 / (kNormal95 * std::numbers::sqrt2);
  if (!std::isnan(mdc90)) own = mdc90 / (kNormal90 * std::numbers::sqrt2);
  if (!std::isnan(icc)) own = sd * std::sqrt(1.0 - icc);
  if (!(own > 0.0)) return node.wrong("a SEM, an MDC, or an ICC with its SD is needed");
  return std::isnan(and_sd) ? own : std::hypot(own, and_sd);
}

Result<TestError> read_error(const JsonNode& node, ExamUnit unit) {
  TestError error;
  CATENA_TRY(method, node.text("method"));
  CATENA_TRY(sem, read_sem(node));
  CATENA_TRY(grade, read_grade(node));
  CATENA_TRY(how, node.text("how"));
  CATENA_TRY(source, node.text("source"));
  if (!method.empty() && std::ranges::find(kMethods, method) == kMethods.end()) {
    return node.wrong("a method that is not known");
  }
  if (node.has("pelvis_controlled")) {
    CATENA_TRY(pelvis, node.truth("pelvis_controlled"));
    error.pelvis_controlled = pelvis;
  }
  error.method = method;
  error.sem = {to_si(unit, sem), grade};
  error.how = how;
  error.source = source;
  return error;
}

Result<TestValidity> read_validity(const JsonNode& node) {
  TestValidity validity;
  CATENA_TRY(grade, read_grade(node));
  CATENA_TRY(of, node.text("of"));
  CATENA_TRY(note, node.text_or_empty("note"));
  CATENA_TRY(source, node.text("source"));
  for (const auto& [key, member] : {std::pair{"sensitivity", &TestValidity::sensitivity},
                                    std::pair{"specificity", &TestValidity::specificity},
                                    std::pair{"lr_plus", &TestValidity::lr_plus},
                                    std::pair{"lr_minus", &TestValidity::lr_minus}}) {
    if (!node.has(key)) continue;
    CATENA_TRY(range, node.values(key, 2));
    validity.*member = {GradedNumber(range[0], grade), GradedNumber(range[1], grade)};
  }
  validity.of = of;
  validity.note = note;
  validity.source = source;
  return validity;
}

template <class Item, class Read>
Result<void> read_list(const JsonNode& node, const char* key, std::vector<Item>& list,
                       const Read& read) {
  CATENA_TRY(items, node.items(key));
  for (const JsonNode& item : items) {
    CATENA_TRY(value, read(item));
    list.push_back(value);
  }
  return {};
}

Result<ExamTest> read_test(const JsonNode& node) {
  ExamTest test;
  CATENA_TRY(unit, node.word("unit", kUnitNames));
  test.unit = static_cast<ExamUnit>(unit);
  for (const auto& [key, member] :
       {std::pair{"id", &ExamTest::id}, std::pair{"name", &ExamTest::name},
        std::pair{"how", &ExamTest::how}, std::pair{"plus", &ExamTest::plus}}) {
    CATENA_TRY(text, node.text(key));
    test.*member = text;
  }
  CATENA_TRY(sided, node.truth("sided"));
  CATENA_TRY(possible, node.values("possible", 2));
  CATENA_TRY(minutes, node.number("minutes", 0.1, 60.0));
  CATENA_TRY(positive_from, node.number_or_nan("positive_from"));
  test.sided = sided;
  test.low = to_si(test.unit, possible[0]);
  test.high = to_si(test.unit, possible[1]);
  test.minutes = minutes;
  test.positive_from = positive_from;
  if (node.has("capacity")) {
    CATENA_TRY(capacity, node.at("capacity"));
    CATENA_TRY(joint, capacity.text("joint"));
    CATENA_TRY(direction, capacity.text("direction"));
    test.joint = joint;
    test.direction = direction;
  }
  CATENA_CHECK(read_list(node, "norms", test.norms,
                         [&](const JsonNode& item) { return read_norm(item, test.unit); }));
  CATENA_CHECK(read_list(node, "errors", test.errors,
                         [&](const JsonNode& item) { return read_error(item, test.unit); }));
  CATENA_CHECK(read_list(node, "validity", test.validity, read_validity));
  return test;
}

}  // namespace

std::optional<double> GradedNumber::usable() const {
  if (grade_ > 'B' || !std::isfinite(value_)) return std::nullopt;
  return value_;
}

std::string_view name_of(ExamUnit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

double to_si(ExamUnit unit, double value) {
  switch (unit) {
    case ExamUnit::kDeg:
      return value * kRadPerDeg;
    case ExamUnit::kCm:
      return value / 100.0;
    case ExamUnit::kMm:
      return value / 1000.0;
    case ExamUnit::kCount:
    case ExamUnit::kFinding:
      break;
  }
  return value;
}

double from_si(ExamUnit unit, double value) { return value / to_si(unit, 1.0); }

Result<std::vector<ExamTest>> parse_exam_tests(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "take the file that comes with the program"));
  CATENA_TRY(items, root.items("tests"));
  std::vector<ExamTest> tests;
  std::set<std::string> ids;
  for (const JsonNode& item : items) {
    CATENA_TRY(test, read_test(item));
    if (!ids.insert(test.id).second) return item.wrong("this test is there twice");
    tests.push_back(test);
  }
  return tests;
}

std::span<const ExamTest> exam_tests() {
  static const std::vector<ExamTest> tests = [] {
    auto parsed = parse_exam_tests(exam_tests_file(), "exam_tests.json");
    assert(parsed.has_value());  // a test reads it
    return parsed ? *parsed : std::vector<ExamTest>();
  }();
  return tests;
}

const ExamTest* find_test(std::string_view id) {
  const auto tests = exam_tests();
  const auto at = std::ranges::find(tests, id, &ExamTest::id);
  return at == tests.end() ? nullptr : &*at;
}

std::span<const std::string_view> exam_methods() { return kMethods; }

const TestError* find_error(const ExamTest& test, std::string_view method,
                            Answered pelvis_controlled) {
  const TestError* worst = nullptr;
  for (const TestError& error : test.errors) {
    if (!error.sem.usable()) continue;
    if (!method.empty() && !error.method.empty() && error.method != method) continue;
    if (error.pelvis_controlled && *error.pelvis_controlled != pelvis_controlled.value_or(false)) {
      continue;
    }
    if (!worst || *error.sem.usable() > *worst->sem.usable()) worst = &error;
  }
  return worst;
}

double mdc95(double sem) { return kNormal95 * std::numbers::sqrt2 * sem; }

Answered is_positive(const ExamTest& test, double value) {
  if (std::isnan(value)) return std::nullopt;
  if (test.unit == ExamUnit::kFinding) return value > 0.5;
  if (test.unit == ExamUnit::kCount && !std::isnan(test.positive_from)) {
    return value >= test.positive_from;
  }
  return std::nullopt;
}

}  // namespace catena
