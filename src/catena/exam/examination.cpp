#include "catena/exam/examination.h"

#include <algorithm>

namespace catena {

const ExamValue* find_value(const Examination& exam, const std::string& test,
                            std::optional<Side> side) {
  const auto at = std::ranges::find_if(exam.values, [&](const ExamValue& value) {
    return value.test == test && value.side == side;
  });
  return at == exam.values.end() ? nullptr : &*at;
}

}  // namespace catena
