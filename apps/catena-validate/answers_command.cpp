#include "answers_command.h"

#include <fmt/core.h>

#include <cstdio>
#include <vector>

#include "catena/validation/answer_study.h"

namespace catena {

int run_answers_command(const AnswersCommand& command) {
  AnswerStudyOptions options;
  options.cases = command.cases;
  options.seed = command.seed;
  options.threads = command.threads;
  for (const bool curved : {false, true}) {
    const char* family = curved ? "The second family" : "The first family";
    fmt::print(stderr, "{}: {} cases\n", family, options.cases);
    const std::vector<AnsweredCase> cases = run_answer_study(curved, options);
    fmt::print("## {}\n\n{}\n", family, answer_tables(cases));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace catena
