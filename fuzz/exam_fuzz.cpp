// exam.toml and exam.json: any bytes give an examination whose values can be, with a note for
// everything else, or one clear error; what is written from it reads back with nothing to note.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "catena/exam/exam_file.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/safety.h"
#include "require.h"

namespace catena {
namespace {

void require_consistent(const Examination& exam) {
  for (const std::string& note : exam.notes) {
    require(!note.empty() && note.size() < 1000, "a note is one sentence");
    for (const char c : note) require(c >= ' ' && c <= '~', "a note is plain text");
  }
  for (const ExamValue& value : exam.values) {
    const ExamTest* test = find_test(value.test);
    require(test != nullptr, "a value is one of a known test");
    require(value.value >= test->low - 1e-9 && value.value <= test->high + 1e-9,
            "a value is one that can be");
    require(test->sided == value.side.has_value(), "a value has a side where the test has");
    require(std::isnan(value.sem) || value.sem > 0.0, "an error is positive or not known");
  }
  require(exam.date.empty() || (is_date(exam.date) && exam.date <= "2026-03-20"),
          "a date is a day that has been");
  require(!exam.age_years || (*exam.age_years >= 0.0 && *exam.age_years < 200.0), "an age can be");
}

/// The written file and its notes; those of assumptions are the only ones that may come back.
void require_same(const Examination& exam, const std::string& written, const char* name) {
  const auto again = parse_exam(written, name);
  require(again.has_value(), "what is written can be read");
  require(again->values.size() == exam.values.size(), "no value is lost by writing");
  require(again->red_flags == exam.red_flags, "no answer is lost by writing");
  require(again->name == exam.name && again->date == exam.date, "nor are names and dates");
  require(write_exam_toml(*again) == write_exam_toml(exam), "writing again changes nothing");
}

void read_anything(std::string_view bytes) {
  for (const char* name : {"exam.toml", "exam.json"}) {
    const auto exam = parse_exam(bytes, name, {.today = "2026-03-20"});
    if (!exam) {
      require_good_sentence(exam.error());
      continue;
    }
    require_consistent(*exam);
    const Safety safety = assess_safety(*exam);
    require(!safety.sentence.empty(), "safety says something");
    require((safety.urgency == Urgency::kNotUrgent) == safety.present.empty(),
            "urgency is of a flag");
    require_same(*exam, write_exam_toml(*exam), "exam.toml");
    require_same(*exam, write_exam_json(*exam), "exam.json");
  }
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
