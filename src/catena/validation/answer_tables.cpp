// The study of answers as tables in Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "catena/validation/answer_score.h"
#include "catena/validation/answer_study.h"

namespace catena {
namespace {

using Cases = std::span<const AnsweredCase>;
using Chosen = std::function<bool(const AnsweredCase&)>;

std::vector<StatedProbability> stated_of(Cases cases, const Chosen& is_chosen) {
  std::vector<StatedProbability> stated;
  for (const AnsweredCase& c : cases) {
    if (std::isfinite(c.probability) && is_chosen(c)) stated.push_back({c.probability, c.present});
  }
  return stated;
}

std::vector<StatedProbability> stated_of_hips(Cases cases) {
  std::vector<StatedProbability> stated;
  for (const AnsweredCase& c : cases) {
    for (std::size_t side = 0; side < 2; ++side) {
      const double p = c.probability_of_hip.at(side);
      if (std::isfinite(p)) stated.push_back({p, c.present_of_hip.at(side)});
    }
  }
  return stated;
}

bool all(const AnsweredCase&) { return true; }

constexpr const char* kScoreHead =
    "| of | answers with a probability | pattern present | calibration error | Brier | skill over "
    "the base rate | area under the curve | best shift | best slope |\n"
    "|---|---|---|---|---|---|---|---|---|\n";

std::string score_row(const std::string& of, const std::vector<StatedProbability>& stated) {
  const ProbabilityScore s = score_probabilities(stated);
  const Recalibration best = fit_recalibration(stated);
  return fmt::format(
      "| {} | {} | {:.1f} % | {:.3f} | {:.3f} | {:+.3f} | {:.3f} | {:+.2f} | {:.2f} |\n", of, s.n,
      100.0 * s.base_rate, s.calibration_error, s.brier, s.brier_skill, s.area_under_curve,
      best.shift, best.slope);
}

std::string scores(Cases cases, const Recalibration& other) {
  std::string text = kScoreHead + score_row("all", stated_of(cases, all));
  std::vector<StatedProbability> moved = stated_of(cases, all);
  for (StatedProbability& s : moved) s.probability = recalibrated(s.probability, other);
  text += score_row(fmt::format("all, were the log odds {:+.2f} and {:.2f} times as large",
                                other.shift, other.slope),
                    moved);
  text += score_row("single hips", stated_of_hips(cases));
  for (const int n_demands : {3, 5, 0}) {
    text += score_row(plan_name(n_demands), stated_of(cases, [&](const AnsweredCase& c) {
                        return c.plan.cell.n_demands == n_demands;
                      }));
  }
  for (const PlantedExam exam : kPlantedExams) {
    text += score_row(name_of(exam),
                      stated_of(cases, [&](const AnsweredCase& c) { return c.plan.exam == exam; }));
  }
  for (const bool seen : {true, false}) {
    text += score_row(
        seen ? "thorax seen" : "no thorax",
        stated_of(cases, [&](const AnsweredCase& c) { return c.plan.has_thorax == seen; }));
  }
  const auto strays = [](const AnsweredCase& c) {
    return std::max(c.plan.cell.hip_deviation_deg, c.plan.cell.back_deviation_deg);
  };
  text += score_row("demands stray by less than 0.5 deg",
                    stated_of(cases, [&](const auto& c) { return strays(c) < 0.5; }));
  text += score_row("demands stray by more than 1 deg",
                    stated_of(cases, [&](const auto& c) { return strays(c) > 1.0; }));
  return text;
}

std::string tenths(Cases cases) {
  std::string text =
      "| probability stated | answers | mean of it | pattern present |\n|---|---|---|---|\n";
  const ProbabilityScore score = score_probabilities(stated_of(cases, all));
  for (std::size_t k = 0; k < score.bins.size(); ++k) {
    const ProbabilityBin& bin = score.bins.at(k);
    const double from = 0.1 * static_cast<double>(k);
    text += fmt::format("| {:.1f} to {:.1f} | {} |", from, from + 0.1, bin.n);
    text += bin.n == 0
                ? std::string(" - | - |\n")
                : fmt::format(" {:.1f} % | {:.1f} % |\n", 100.0 * bin.stated, 100.0 * bin.present);
  }
  return text;
}

/// Part of the cases chosen that are so.
std::string part(Cases cases, const Chosen& is_chosen, const Chosen& is_so) {
  double n = 0.0;
  double so = 0.0;
  for (const AnsweredCase& c : cases) {
    if (!is_chosen(c)) continue;
    n += 1.0;
    so += is_so(c) ? 1.0 : 0.0;
  }
  return n > 0.0 ? fmt::format("{:.1f} %", 100.0 * so / n) : std::string("-");
}

std::string classes(Cases cases) {
  const auto present = [](const AnsweredCase& c) { return c.present; };
  const auto undecidable = [](const AnsweredCase& c) { return c.undecidable; };
  std::string text =
      "| answer | of all cases | pattern present | truly undecidable |\n|---|---|---|---|\n";
  for (const AnswerClass answer : {AnswerClass::kYesProbably, AnswerClass::kPossibly,
                                   AnswerClass::kProbablyNot, AnswerClass::kCannotTell}) {
    const auto is_it = [answer](const AnsweredCase& c) { return c.answer_class == answer; };
    text += fmt::format("| {} | {} | {} | {} |\n", name_of(answer), part(cases, all, is_it),
                        part(cases, is_it, present), part(cases, is_it, undecidable));
  }
  const auto cannot_tell = [](const AnsweredCase& c) {
    return c.answer_class == AnswerClass::kCannotTell;
  };
  const auto decidable = [](const AnsweredCase& c) { return !c.undecidable; };
  return text + fmt::format(
                    "\nTruly undecidable are {} of all cases; of these \"cannot tell\" is said in "
                    "{}, of the decidable ones in {}.\n",
                    part(cases, all, undecidable), part(cases, undecidable, cannot_tell),
                    part(cases, decidable, cannot_tell));
}

struct Mean {
  int n = 0;
  double sum = 0.0, squares = 0.0;

  void add(double value) {
    ++n;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double value() const { return sum / n; }
  [[nodiscard]] double error() const {
    return std::sqrt(std::max(0.0, squares / n - value() * value()) / n);
  }
};

std::string advice(Cases cases) {
  Mean advised;
  Mean at_random;
  Mean more;
  std::map<std::string, Mean> by_id;  // whether it was advised or not
  std::map<std::string, Mean> by_id_advised;
  for (const AnsweredCase& c : cases) {
    if (c.advised.empty() || c.made.size() < 2) continue;
    double mean = 0.0;
    double of_advised = 0.0;
    for (const MeasurementMade& made : c.made) {
      mean += made.bits / static_cast<double>(c.made.size());
      by_id[made.id].add(made.bits);
      if (made.id == c.advised) of_advised = made.bits;
    }
    by_id_advised[c.advised].add(of_advised);
    advised.add(of_advised);
    at_random.add(mean);
    more.add(of_advised - mean);
  }
  if (advised.n == 0) return "No advice could be followed.\n";
  std::string text = fmt::format(
      "Followed in {} cases with two measurements open at least: the advised one gained "
      "{:.3f} bits (standard error {:.3f}) on what was so, one at random {:.3f}; {:+.3f} more "
      "({:.3f}).\n\n"
      "| measurement | open in | gained there, bits | standard error | advised in | gained there, "
      "bits | standard error |\n|---|---|---|---|---|---|---|\n",
      advised.n, advised.value(), advised.error(), at_random.value(), more.value(), more.error());
  for (const auto& [id, gained] : by_id) {
    text +=
        fmt::format("| {} | {} | {:+.3f} | {:.3f} |", id, gained.n, gained.value(), gained.error());
    const Mean& followed = by_id_advised[id];
    text += followed.n == 0 ? std::string(" 0 | - | - |\n")
                            : fmt::format(" {} | {:+.3f} | {:.3f} |\n", followed.n,
                                          followed.value(), followed.error());
  }
  return text;
}

}  // namespace

Recalibration recalibration_of(std::span<const AnsweredCase> cases) {
  return fit_recalibration(stated_of(cases, all));
}

std::string answer_tables(std::span<const AnsweredCase> cases, const Recalibration& other) {
  return fmt::format("{}\n{}\n{}\n{}", scores(cases, other), tenths(cases), classes(cases),
                     advice(cases));
}

}  // namespace catena
