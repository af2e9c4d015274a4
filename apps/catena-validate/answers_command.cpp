#include "answers_command.h"

#include <fmt/core.h>

#include <cstdio>
#include <vector>

#include "catena/validation/answer_study.h"

namespace catena {

int run_answers_command(const AnswersCommand& command) {
  AnswerStudyOptions options;
  options.cases = command.cases;
  options.advised_cases = command.advised_cases;
  options.seed = command.seed;
  options.threads = command.threads;

  // What the first family asks for, by other runners than those that are reported.
  AnswerStudyOptions tuning = options;
  tuning.seed = command.tuning_seed;
  tuning.advised_cases = 0;
  fmt::print(stderr, "Other runners of the first family: {} cases\n", tuning.cases);
  const Recalibration asked = recalibration_of(run_answer_study(false, tuning));
  fmt::print(
      "Other runners of the first family (seed {}) ask for a shift of {:+.2f} and a slope of "
      "{:.2f} of the log odds.\n\n",
      tuning.seed, asked.shift, asked.slope);

  for (const bool curved : {false, true}) {
    const char* family = curved ? "The second family" : "The first family";
    fmt::print(stderr, "{}: {} cases\n", family, options.cases);
    const std::vector<AnsweredCase> cases = run_answer_study(curved, options);
    fmt::print("## {}\n\n{}\n", family, answer_tables(cases, asked));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace catena
