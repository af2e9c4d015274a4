// The examination as the report shows it: on the page, in result.json and in exam.csv.
#pragma once

#include <string>
#include <vector>

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// A value in the unit in which an examiner writes it.
struct ShownExamValue {
  const ExamValue* said = nullptr;
  std::string name;  // the catalogue's; the id in words where the catalogue lacks it
  std::string unit;  // "deg", "cm", "mm", "count", "finding"
  double value = 0.0, sem = 0.0;
};
std::vector<ShownExamValue> shown_values(const Examination& exam);

/// "2.0 +- 5.6" with its unit, or "positive" and "negative" of a finding.
std::string value_text(const ShownExamValue& shown);

/// Tests with their errors, how the pain behaves, training, and what could not be used. Nothing
/// where there was no examination.
void write_examination(Markup& html, const Results& results);

/// One row a value: test, name, side, value, sem, unit, method, pelvis_controlled, provokes_pain,
/// and where the run asks for the same direction what it asks and what is left, in degrees.
std::string render_exam_csv(const Results& results);

}  // namespace catena
