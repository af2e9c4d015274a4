// catena-validate: studies of whether Catena's numbers hold what they promise.
#include <CLI/CLI.hpp>
#include <cstdint>

#include "answers_command.h"
#include "body_fit_command.h"
#include "comparisons_command.h"
#include "coverage_command.h"
#include "plan_table_command.h"
#include "take_up_points_command.h"

int main(int argc, char** argv) {
  CLI::App app{"Studies of whether Catena's numbers hold what they promise."};
  app.require_subcommand(1);

  catena::TakeUpPointsCommand points;
  CLI::App* strides = app.add_subcommand(
      "take-up-points",
      "Coverage of the take-up share's 90 % intervals and the test of a hip stop, on planted\n"
      "strides of two families of runners.\n"
      "Example: catena-validate take-up-points --part all > tables.md");
  strides->add_option("--sessions", points.sessions, "planted runners of two legs, per row")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  strides->add_option("--seed", points.seed, "of the runners")->capture_default_str();
  strides->add_option("--threads", points.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);
  strides->add_option("--part", points.part, "of the study")
      ->check(CLI::IsMember(catena::take_up_points_parts()))
      ->capture_default_str();

  catena::CoverageCommand coverage;
  CLI::App* end_to_end =
      app.add_subcommand("coverage",
                         "The same from markers on, on whole synthetic runners, with and without "
                         "hip stops (some\n"
                         "ten minutes of one core).\n"
                         "Example: catena-validate coverage --part all > tables.md");
  end_to_end->add_option("--sessions", coverage.sessions, "synthetic runners per row")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  end_to_end->add_option("--seed", coverage.seed, "of the runners")->capture_default_str();
  end_to_end->add_option("--threads", coverage.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);
  end_to_end->add_flag("--wrong-priors", coverage.wrong_priors,
                       "beside the right priors, priors wrong by a factor of three");
  end_to_end->add_option("--part", coverage.part, "with skin motion, without, or both")
      ->check(CLI::IsMember({"skin", "no-skin", "all"}))
      ->capture_default_str();

  catena::BodyFitStudyOptions bodies;
  CLI::App* fit = app.add_subcommand(
      "body-fit",
      "Planted bodies against the bodies fitted to their recordings: lengths, joint centres and\n"
      "angles, and whether the 90 % intervals hold them.\n"
      "Example: catena-validate body-fit --sessions 400 > table.md");
  fit->add_option("--sessions", bodies.n_sessions, "synthetic runners")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  fit->add_option("--seed", bodies.seed, "of the runners")->capture_default_str();
  fit->add_option("--noise-mm", bodies.noise_mm, "SD of the markers' noise")->capture_default_str();
  fit->add_option("--seconds", bodies.run_s, "of each of three runs")->capture_default_str();
  fit->add_option("--threads", bodies.threads, "0: as many as the machine has");
  fit->add_flag("!--no-artefact", bodies.artefact, "markers stay on the bone");
  fit->add_flag("!--no-standing", bodies.with_standing, "fit without the standing trial");
  fit->add_flag("!--no-height", bodies.know_height, "the height is not known");

  int n_sets = 4000;
  std::uint64_t comparisons_seed = 1;
  CLI::App* comparisons = app.add_subcommand(
      "comparisons",
      "Tests of curves where nothing differs, strides that resemble the last, and the part of new\n"
      "curves that bands hold (docs/methods/comparing.md).\n"
      "Example: catena-validate comparisons --sets 4000 > tables.md");
  comparisons->add_option("--sets", n_sets, "planted sets per row")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  comparisons->add_option("--seed", comparisons_seed, "of the sets")->capture_default_str();

  catena::AnswersCommand answers;
  CLI::App* answer_study = app.add_subcommand(
      "answers",
      "Whether the answer's probability is what it says, and what the advice of the next\n"
      "measurement is worth, on planted runners with examinations, of two families.\n"
      "Example: catena-validate answers --cases 5000 > tables.md");
  answer_study->add_option("--cases", answers.cases, "planted runners of each family")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  answer_study
      ->add_option("--advised", answers.advised_cases,
                   "of the first so many every open measurement is made")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  answer_study->add_option("--seed", answers.seed, "of the runners")->capture_default_str();
  answer_study
      ->add_option("--tuning-seed", answers.tuning_seed,
                   "of other runners of the first family, by which a recalibration is fitted")
      ->capture_default_str();
  answer_study->add_option("--threads", answers.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);

  catena::PlanTableCommand plan;
  CLI::App* plan_table = app.add_subcommand(
      "plan-table",
      "The table behind catena plan: planted sessions of many plans, and what they came to.\n"
      "Example: catena-validate plan-table --sessions 200 > src/catena/chain/plan_table.json");
  plan_table->add_option("--sessions", plan.sessions, "planted sessions per cell, of two legs")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  plan_table->add_option("--seed", plan.seed, "of the sessions")->capture_default_str();
  plan_table->add_option("--threads", plan.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (app.got_subcommand(answer_study)) return catena::run_answers_command(answers);
  if (app.got_subcommand(end_to_end)) return catena::run_coverage_command(coverage);
  if (app.got_subcommand(plan_table)) return catena::run_plan_table_command(plan);
  if (app.got_subcommand(fit)) return catena::run_body_fit_study(bodies);
  if (app.got_subcommand(comparisons)) {
    return catena::run_comparisons_study(n_sets, comparisons_seed);
  }
  return catena::run_take_up_points_command(points);
}
