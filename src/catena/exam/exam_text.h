// What is in an examination, for a person to check.
#pragma once

#include <string>

#include "catena/exam/examination.h"

namespace catena {

/// Lines of text: the person, safety, each test with its error and smallest detectable change, how
/// many questions are open, and the notes.
std::string render_exam(const Examination& exam);

/// The same as one JSON object on one line: `exam` as write_exam_json has it, `tests`, `safety`,
/// `notes`; null where there is no figure.
std::string render_exam_json(const Examination& exam);

}  // namespace catena
