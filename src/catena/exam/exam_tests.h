// The tests that an examination may hold, each with what plus means, its error, what it is worth
// and where that comes from: exam/exam_tests.json.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catena/core/error.h"
#include "catena/exam/examination.h"

namespace catena {

/// A published figure with its grade: A certain of paper and number, B sure of the paper, C from
/// memory. A figure of grade C can be shown, but there is no way to decide by it.
class GradedNumber {
 public:
  GradedNumber() = default;
  GradedNumber(double value, char grade) : value_(value), grade_(grade) {}

  /// For people to read; NaN: none.
  [[nodiscard]] double shown() const { return value_; }
  /// For thresholds, errors and rules; none for grade C, and where there is no figure.
  [[nodiscard]] std::optional<double> usable() const;
  [[nodiscard]] char grade() const { return grade_; }

 private:
  double value_ = std::numeric_limits<double>::quiet_NaN();
  char grade_ = 'C';
};

enum class ExamUnit { kDeg, kCm, kMm, kCount, kFinding };

/// "deg", "cm", "mm", "count", "finding"
std::string_view name_of(ExamUnit unit);
/// In rad, m or a count, from the unit in which it is written; and back.
double to_si(ExamUnit unit, double value);
double from_si(ExamUnit unit, double value);

/// What others measured. SI.
struct TestNorm {
  GradedNumber mean, sd;
  int n = 0;  // 0: not said
  std::string who, source;
};

/// Standard error of the measurement: how far a value lies from what it stands for.
struct TestError {
  std::string method;          // empty: any
  Answered pelvis_controlled;  // none: makes no difference, or is not known to
  GradedNumber sem;            // SI
  std::string how, source;     // "MDC95 of 4.6 to 4.7 deg"
};

/// How well the test tells one thing; each from the lowest to the highest published, or none.
struct TestValidity {
  using Range = std::array<GradedNumber, 2>;
  std::string of;  // "pain from the sacroiliac joint"
  Range sensitivity, specificity, lr_plus, lr_minus;
  std::string note, source;
};

struct ExamTest {
  std::string id;    // "modified_thomas"
  std::string name;  // plain: "modified Thomas test: hip"
  std::string how;   // it is done and read, in one sentence
  std::string plus;  // what a larger value, or a positive finding, means
  bool sided = true;
  ExamUnit unit = ExamUnit::kDeg;
  std::string joint, direction;  // whose capacity it measures; empty: of none
  double low = 0.0, high = 0.0;  // SI; values outside cannot be
  double positive_from = std::numeric_limits<double>::quiet_NaN();  // of a count
  double minutes = 1.0;                                             // both sides
  std::vector<TestNorm> norms;
  std::vector<TestError> errors;
  std::vector<TestValidity> validity;
};

/// Reads such a file.
///
/// errors     kBadFormat, with the place
Result<std::vector<ExamTest>> parse_exam_tests(std::string_view bytes, std::string_view source);

/// The tests that come with the program.
std::span<const ExamTest> exam_tests();

/// The test of this id, or null.
const ExamTest* find_test(std::string_view id);

/// The methods that the catalogue knows, such as "goniometer".
std::span<const std::string_view> exam_methods();

/// The error of a value so measured; where the method or the pelvis is not said, the worst of those
/// that it may have been. None: no figure that may be used.
const TestError* find_error(const ExamTest& test, std::string_view method,
                            Answered pelvis_controlled);

/// Smallest change between two visits that is no error of measurement, in 95 of 100.
double mdc95(double sem);

/// Positive and negative, for findings and counts that have a limit; none for other tests.
Answered is_positive(const ExamTest& test, double value);

}  // namespace catena
