// The examination as questions, in the order in which they are asked: red flags first.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/exam/exam_file.h"
#include "catena/exam/examination.h"

namespace catena {

enum class ExamPart { kRedFlags, kPerson, kSymptoms, kTraining, kTests };

/// "Red flags", "The person", ...
std::string_view name_of(ExamPart part);

struct ExamQuestion {
  ExamPart part = ExamPart::kRedFlags;
  std::string id;   // "fever", "modified_thomas right"; every question its own
  std::string ask;  // one plain sentence
  std::string how;  // to answer: "yes or no", "degrees; plus: the thigh hangs below ..."
  /// Puts an answer into the examination.
  ///
  /// errors     kBadFormat: it is none that can be
  std::function<Result<void>(Examination&, std::string_view)> give;
};

/// What has no answer yet. Whoever has no pain is not asked about it; how a test was measured is
/// asked where a value is there and its error depends on it.
std::vector<ExamQuestion> open_questions(const Examination& exam, const ExamOptions& options = {});

}  // namespace catena
