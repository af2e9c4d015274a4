#include "body_fit_command.h"

#include <fmt/core.h>

namespace catena {

int run_body_fit_study(const BodyFitStudyOptions& options) {
  const auto study = study_body_fit(options);
  if (!study) {
    fmt::print(stderr, "catena-validate: {}\n", to_sentence(study.error()));
    return 3;
  }
  fmt::print(stderr, "median time of a fit: {:.2f} s\n", study->median_fit_s);
  fmt::print("{}", to_markdown(*study));
  return 0;
}

}  // namespace catena
