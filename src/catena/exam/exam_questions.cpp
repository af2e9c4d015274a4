#include "catena/exam/exam_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "catena/core/text.h"
#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_reader.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/red_flags.h"

namespace catena {
namespace {

constexpr std::array<std::string_view, 5> kPartNames = {"Red flags", "The person", "The pain",
                                                        "Training", "Tests"};

/// What is asked for a yes or no of the symptoms, by its key.
struct SymptomAsk {
  std::string_view key, ask;
};
constexpr std::array<SymptomAsk, 11> kSymptomAsks = {{
    {"during_run", "Does it hurt during a run?"},
    {"after_run", "Does it hurt in the hours after a run?"},
    {"next_morning", "Does it hurt on the morning after a run?"},
    {"in_daily_life", "Does it hurt in daily life without having run: standing, walking, lifting?"},
    {"at_rest_or_night", "Does it hurt at rest or at night?"},
    {"by_extension", "Does bending backward bring it on?"},
    {"by_flexion", "Does bending forward bring it on?"},
    {"by_sitting", "Does sitting bring it on?"},
    {"by_speed", "Does running faster bring it on, or make it worse?"},
    {"eased_by_sitting_or_flexion", "Does sitting down or bending forward ease it?"},
    {"training_rose", "Was there more, faster or steeper running in the weeks before it began?"},
}};

tl::unexpected<Error> not_understood(std::string_view answer, std::string_view how) {
  return fail(Errc::kBadFormat, fmt::format("'{}' is not understood", excerpt(answer)), "",
              std::string(how));
}

Result<bool> yes_or_no(std::string_view answer) {
  const std::string word = to_lower(trim(answer));
  if (word == "y" || word == "yes" || word == "true" || word == "+") return true;
  if (word == "n" || word == "no" || word == "false" || word == "-") return false;
  return not_understood(answer, "answer yes or no");
}

/// "4", "-2.5", "2,5", "4 deg"
Result<double> number_of(std::string_view answer) {
  std::string text(trim(answer));
  text = text.substr(0, text.find(' '));
  std::ranges::replace(text, ',', '.');
  double value = 0.0;
  if (parse_number(text, value) != NumberKind::kNumber) {
    return not_understood(answer, "answer with a number");
  }
  return value;
}

Result<double> number_of(std::string_view answer, const ExamQuantity& quantity) {
  CATENA_TRY(value, number_of(answer));
  if (!(value >= quantity.low && value <= quantity.high)) {
    return fail(Errc::kBadFormat, fmt::format("{} {} cannot be", in_words(value), quantity.unit),
                "", std::string(quantity.advice));
  }
  return value;
}

class Questions {
 public:
  explicit Questions(const Examination& exam) : exam_(exam) {}

  std::vector<ExamQuestion> take() && { return std::move(list_); }

  void red_flags() {
    for (const SafetyQuestion& question : safety_rules().questions) {
      const auto at = exam_.red_flags.find(question.id);
      if (at != exam_.red_flags.end() && at->second) continue;
      const auto give = [id = question.id](Examination& exam, std::string_view answer) {
        return yes_or_no(answer).map([&](bool yes) { exam.red_flags[id] = yes; });
      };
      list_.push_back({ExamPart::kRedFlags, question.id, question.ask, "yes or no", give});
    }
  }

  void person(const ExamOptions& options) {
    text(exam_.name.empty(), "name", "What is the runner called?", &Examination::name);
    text(exam_.id.empty(), "id", "Which number or sign does the runner have here?",
         &Examination::id);
    if (!exam_.age_years) {
      const auto give = [](Examination& exam, std::string_view answer) {
        return number_of(answer, kAgeYears).map([&](double years) { exam.age_years = years; });
      };
      list_.push_back({ExamPart::kPerson, "age_years", "How old is the runner?", "years", give});
    }
    if (exam_.date.empty()) date(options.today);
    text(exam_.examiner.empty(), "examiner", "Who examines?", &Examination::examiner);
  }

  void symptoms() {
    if (!exam_.symptoms.has_pain) {
      yes_no("has_pain", "Is there pain, now or with running?", &Symptoms::has_pain);
    }
    if (exam_.symptoms.has_pain == Answered(false)) return;
    if (exam_.symptoms.places.empty()) places();
    if (!exam_.symptoms.side) side();
    for (const SymptomAsk& asked : kSymptomAsks) {
      const auto member = std::ranges::find(kSymptomKeys, asked.key, &SymptomKey::key)->member;
      if (!(exam_.symptoms.*member)) yes_no(std::string(asked.key), asked.ask, member);
    }
    number("duration_weeks", "For how many weeks has it been there?", "weeks", kDurationWeeks,
           &Symptoms::duration_weeks);
    number("worst_0_10", "How bad was it at worst in the last week?", "0, no pain, to 10", kWorst,
           &Symptoms::worst_0_10);
  }

  void training() {
    constexpr std::array<std::string_view, 3> kAsks = {
        "How many kilometres are run in a week?", "How long is a usual run?",
        "By how much did the kilometres change over the last four weeks?"};
    constexpr std::array<std::string_view, 3> kHows = {"kilometres", "kilometres",
                                                       "per cent; less is minus"};
    for (std::size_t i = 0; i < kTrainingKeys.size(); ++i) {
      const TrainingKey& known = kTrainingKeys[i];
      if (!std::isnan(exam_.training.*known.member)) continue;
      const auto give = [&known](Examination& exam, std::string_view answer) -> Result<void> {
        CATENA_TRY(value, number_of(answer, known.quantity));
        const double week =
            known.member == &Training::km_per_week ? value : exam.training.km_per_week;
        const double run =
            known.member == &Training::km_per_session ? value : exam.training.km_per_session;
        if (run > week) {
          return fail(Errc::kBadFormat, "one run would be longer than all runs of a week", "",
                      "check the two");
        }
        exam.training.*known.member = value;
        return {};
      };
      list_.push_back({ExamPart::kTraining, std::string(known.quantity.key), std::string(kAsks[i]),
                       std::string(kHows[i]), give});
    }
  }

  void tests() {
    for (const ExamTest& test : exam_tests()) {
      if (!test.sided) {
        of_test(test, std::nullopt);
      } else {
        for (const Side side : kSides) of_test(test, side);
      }
    }
  }

 private:
  void text(bool is_open, const std::string& id, std::string_view ask,
            std::string Examination::* member) {
    if (!is_open) return;
    const auto give = [member](Examination& exam, std::string_view answer) -> Result<void> {
      exam.*member = printable(trim(answer.substr(0, 200)));
      return {};
    };
    list_.push_back({ExamPart::kPerson, id, std::string(ask), "in words", give});
  }

  void date(const std::string& today) {
    const auto give = [today](Examination& exam, std::string_view answer) -> Result<void> {
      const std::string date(to_lower(trim(answer)) == "today" ? today : std::string(trim(answer)));
      if (!is_date(date)) return not_understood(answer, "answer such as 2026-03-14, or today");
      if (!today.empty() && date > today) {
        return fail(Errc::kBadFormat, fmt::format("{} lies in the future", date), "",
                    "check the year");
      }
      exam.date = date;
      return {};
    };
    list_.push_back({ExamPart::kPerson, "date", "On which day was the runner examined?",
                     "2026-03-14, or today", give});
  }

  void yes_no(const std::string& id, std::string_view ask, Answered Symptoms::* member) {
    const auto give = [member](Examination& exam, std::string_view answer) {
      return yes_or_no(answer).map([&](bool yes) { exam.symptoms.*member = yes; });
    };
    list_.push_back({ExamPart::kSymptoms, id, std::string(ask), "yes or no", give});
  }

  void number(const std::string& id, std::string_view ask, std::string_view how,
              const ExamQuantity& quantity, double Symptoms::* member) {
    if (!std::isnan(exam_.symptoms.*member)) return;
    const auto give = [&quantity, member](Examination& exam, std::string_view answer) {
      return number_of(answer, quantity).map([&](double value) { exam.symptoms.*member = value; });
    };
    list_.push_back({ExamPart::kSymptoms, id, std::string(ask), std::string(how), give});
  }

  void places() {
    const auto give = [](Examination& exam, std::string_view answer) -> Result<void> {
      std::vector<PainPlace> found;
      std::string rest = to_lower(answer);
      while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        std::string word(trim(rest.substr(0, comma)));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
        std::ranges::replace(word, ' ', '_');
        const auto at = std::ranges::find(kPainPlaceNames, word);
        if (at == kPainPlaceNames.end()) {
          return not_understood(word, "name places of the list, with commas between");
        }
        const auto place = static_cast<PainPlace>(at - kPainPlaceNames.begin());
        if (std::ranges::find(found, place) == found.end()) found.push_back(place);
      }
      exam.symptoms.places = found;
      exam.symptoms.has_pain = true;
      return {};
    };
    list_.push_back({ExamPart::kSymptoms, "places", "Where does it hurt, the worst place first?",
                     "low back, buttock, groin, thigh, knee, lower leg, other", give});
  }

  void side() {
    const auto give = [](Examination& exam, std::string_view answer) -> Result<void> {
      const std::string word = to_lower(trim(answer));
      if (word == "right" || word == "r") {
        exam.symptoms.side = kRight;
      } else if (word == "left" || word == "l") {
        exam.symptoms.side = kLeft;
      } else if (word != "both" && word != "middle") {
        return not_understood(answer, "answer right, left, both or middle");
      }
      return {};
    };
    list_.push_back(
        {ExamPart::kSymptoms, "side", "On which side?", "right, left, both or middle", give});
  }

  void of_test(const ExamTest& test, std::optional<Side> side) {
    const std::string id = side ? test.id + " " + kSideNames[*side] : test.id;
    const std::string name = side ? fmt::format("{}, {}", test.name, kSideNames[*side]) : test.name;
    const ExamValue* value = find_value(exam_, test.id, side);
    if (!value) {
      const auto give = [&test, side](Examination& exam, std::string_view answer) -> Result<void> {
        ExamValue given;
        given.test = test.id;
        given.side = side;
        if (test.unit == ExamUnit::kFinding) {
          CATENA_TRY(positive, yes_or_no(answer));
          given.value = positive ? 1.0 : 0.0;
        } else {
          CATENA_TRY(number, number_of(answer));
          CATENA_TRY(in_si, usable_result(test, test.unit, number));
          given.value = in_si;
        }
        set_error(test, given);
        exam.values.push_back(given);
        return {};
      };
      const std::string how = test.unit == ExamUnit::kFinding ? "yes or no"
                              : test.unit == ExamUnit::kCount
                                  ? "how many"
                                  : fmt::format("{}; plus: {}", name_of(test.unit), test.plus);
      list_.push_back(
          {ExamPart::kTests, id, fmt::format("{}. {}", capital(name), test.how), how, give});
      return;
    }
    if (value->method.empty() && depends_on_method(test)) method(test, side, id, name);
    if (!value->pelvis_controlled && depends_on_pelvis(test)) pelvis(test, side, id, name);
  }

  static std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
      text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
  }

  static void set_error(const ExamTest& test, ExamValue& value) {
    const TestError* error = find_error(test, value.method, value.pelvis_controlled);
    value.sem = error ? *error->sem.usable() : std::nan("");
  }

  static bool depends_on_method(const ExamTest& test) {
    return std::ranges::any_of(test.errors, [](const TestError& e) { return !e.method.empty(); });
  }

  static bool depends_on_pelvis(const ExamTest& test) {
    return std::ranges::any_of(test.errors,
                               [](const TestError& e) { return e.pelvis_controlled.has_value(); });
  }

  /// Changes the value that is there already, and its error.
  template <class Change>
  static void change_value(Examination& exam, const ExamTest& test, std::optional<Side> side,
                           const Change& change) {
    for (ExamValue& value : exam.values) {
      if (value.test != test.id || value.side != side) continue;
      change(value);
      set_error(test, value);
    }
  }

  void method(const ExamTest& test, std::optional<Side> side, const std::string& id,
              const std::string& name) {
    const auto give = [&test, side](Examination& exam, std::string_view answer) -> Result<void> {
      const std::string word = to_lower(trim(answer));
      const auto known = exam_methods();
      const auto at = std::ranges::find_if(known, [&](std::string_view method) {
        return !word.empty() && method.starts_with(word);
      });
      if (at == known.end()) return not_understood(answer, "answer goniometer, inclinometer, ...");
      change_value(exam, test, side, [&](ExamValue& value) { value.method = *at; });
      return {};
    };
    list_.push_back({ExamPart::kTests, id + " method",
                     fmt::format("{}: how was it measured?", capital(name)),
                     "goniometer, inclinometer, trigonometric, tape or eye", give});
  }

  void pelvis(const ExamTest& test, std::optional<Side> side, const std::string& id,
              const std::string& name) {
    const auto give = [&test, side](Examination& exam, std::string_view answer) -> Result<void> {
      CATENA_TRY(held, yes_or_no(answer));
      change_value(exam, test, side,
                   [held = held](ExamValue& value) { value.pelvis_controlled = held; });
      return {};
    };
    list_.push_back({ExamPart::kTests, id + " pelvis",
                     fmt::format("{}: was the pelvis held still?", capital(name)), "yes or no",
                     give});
  }

  const Examination& exam_;
  std::vector<ExamQuestion> list_;
};

}  // namespace

std::string_view name_of(ExamPart part) { return kPartNames[static_cast<std::size_t>(part)]; }

std::vector<ExamQuestion> open_questions(const Examination& exam, const ExamOptions& options) {
  Questions questions(exam);
  questions.red_flags();
  questions.person(options);
  questions.symptoms();
  questions.training();
  questions.tests();
  return std::move(questions).take();
}

}  // namespace catena
