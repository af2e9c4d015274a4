#include "catena/exam/exam_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catena/core/text.h"
#include "catena/exam/exam_checks.h"
#include "catena/exam/exam_reader.h"
#include "catena/exam/red_flags.h"

namespace catena {
namespace {

using Kind = TreeValue::Kind;

constexpr std::array<std::string_view, 7> kTopKeys = {"date",     "examiner", "person",   "test",
                                                      "symptoms", "training", "red_flags"};
constexpr std::array<std::string_view, 3> kPersonKeys = {"name", "id", "age_years"};

void read_date(const TreeValue& top, const ExamOptions& options, Examination& exam,
               ExamReader& reader) {
  const std::string date = reader.text(top, "date");
  if (date.empty()) return;
  const TreeValue& at = *top.find("date");
  if (!is_date(date)) {
    reader.note(at, fmt::format("date is '{}', which is no day; it is not used", excerpt(date)),
                "write year, month and day, such as 2026-03-14");
  } else if (!options.today.empty() && date > options.today) {
    reader.note(at, fmt::format("the date {} lies in the future; it is not used", date),
                "check the year");
  } else {
    exam.date = date;
  }
}

void read_person(const TreeValue& top, Examination& exam, ExamReader& reader) {
  const TreeValue* person = reader.table(top, "person");
  if (!person) return;
  reader.check_keys(*person, kPersonKeys, "in [person]");
  exam.name = reader.text(*person, "name");
  exam.id = reader.text(*person, "id");
  exam.age_years = reader.number(*person, kAgeYears);
}

void read_places(const TreeValue& table, Symptoms& symptoms, ExamReader& reader) {
  const TreeValue* list = table.find("places");
  if (!list) return;
  const std::vector<TreeValue> items =
      list->kind == Kind::kList ? list->items : std::vector<TreeValue>{*list};
  for (const TreeValue& item : items) {
    const std::string word = item.kind == Kind::kText ? to_lower(trim(item.text)) : "";
    const auto at = std::ranges::find(kPainPlaceNames, word);
    if (at == kPainPlaceNames.end()) {
      reader.note(item, fmt::format("'{}' is no place of pain; it is not used", excerpt(word)),
                  "write low_back, buttock, groin, thigh, knee, lower_leg or other");
      continue;
    }
    const auto place = static_cast<PainPlace>(at - kPainPlaceNames.begin());
    if (std::ranges::find(symptoms.places, place) == symptoms.places.end()) {
      symptoms.places.push_back(place);
    }
  }
}

void read_symptoms(const TreeValue& top, Examination& exam, ExamReader& reader) {
  const TreeValue* table = reader.table(top, "symptoms");
  if (!table) return;
  std::vector<std::string_view> keys = {"places", "side", "only_running", "duration_weeks",
                                        "worst_0_10"};
  for (const SymptomKey& known : kSymptomKeys) keys.push_back(known.key);
  reader.check_keys(*table, keys, "in [symptoms]");
  Symptoms& symptoms = exam.symptoms;
  for (const SymptomKey& known : kSymptomKeys) {
    symptoms.*known.member = reader.yes_or_no(*table, known.key);
  }
  read_places(*table, symptoms, reader);
  const std::string side = reader.side(*table);
  if (side == "right" || side == "left") symptoms.side = side == "right" ? kRight : kLeft;
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  symptoms.duration_weeks = reader.number(*table, kDurationWeeks).value_or(kNaN);
  symptoms.worst_0_10 = reader.number(*table, kWorst).value_or(kNaN);
  settle_symptoms(*table, reader.yes_or_no(*table, "only_running"), symptoms, reader);
}

void read_training(const TreeValue& top, Examination& exam, ExamReader& reader) {
  const TreeValue* table = reader.table(top, "training");
  if (!table) return;
  std::vector<std::string_view> keys;
  for (const TrainingKey& known : kTrainingKeys) keys.push_back(known.quantity.key);
  reader.check_keys(*table, keys, "in [training]");
  for (const TrainingKey& known : kTrainingKeys) {
    exam.training.*known.member =
        reader.number(*table, known.quantity).value_or(std::numeric_limits<double>::quiet_NaN());
  }
  settle_training(*table, exam.training, reader);
}

void read_red_flags(const TreeValue& top, Examination& exam, ExamReader& reader) {
  const TreeValue* table = reader.table(top, "red_flags");
  if (!table) return;
  std::vector<std::string_view> keys;
  for (const SafetyQuestion& question : safety_rules().questions) keys.push_back(question.id);
  reader.check_keys(*table, keys, "in [red_flags]");
  for (const std::string_view key : keys) {
    if (const Answered answer = reader.yes_or_no(*table, key)) {
      exam.red_flags[std::string(key)] = answer;
    }
  }
}

}  // namespace

Result<Examination> parse_exam(std::string_view bytes, std::string_view source,
                               const ExamOptions& options) {
  CATENA_TRY(top, parse_exam_tree(bytes, source));
  Examination exam;
  ExamReader reader(exam.notes);
  reader.check_keys(top, kTopKeys, "at the top");
  read_date(top, options, exam, reader);
  exam.examiner = reader.text(top, "examiner");
  read_person(top, exam, reader);
  read_symptoms(top, exam, reader);
  read_training(top, exam, reader);
  read_red_flags(top, exam, reader);
  exam.values = read_exam_values(top, reader);
  return exam;
}

std::optional<std::string> note_of_person(const Examination& exam, std::string_view name,
                                          std::string_view id) {
  const auto differ = [](std::string_view a, std::string_view b) {
    return !trim(a).empty() && !trim(b).empty() && !equal_ignoring_case(trim(a), trim(b));
  };
  const bool both_ids = !trim(exam.id).empty() && !trim(id).empty();
  if (both_ids ? !differ(exam.id, id) : !differ(exam.name, name)) return std::nullopt;
  return fmt::format(
      "the examination is that of '{}', the recordings are those of '{}'; check that both are of "
      "one person",
      excerpt(both_ids ? exam.id : exam.name), excerpt(both_ids ? id : name));
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto digits = [&](std::size_t from, std::size_t n) {
    int number = 0;
    for (const char c : text.substr(from, n)) {
      if (c < '0' || c > '9') return -1;
      number = 10 * number + (c - '0');
    }
    return number;
  };
  const int year = digits(0, 4);
  const int month = digits(5, 2);
  const int day = digits(8, 2);
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

}  // namespace catena
