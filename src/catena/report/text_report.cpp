#include "catena/report/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>

#include "catena/core/units.h"
#include "catena/report/answer_wording.h"
#include "catena/report/hip_stop_wording.h"
#include "catena/report/html_page.h"
#include "catena/report/number_text.h"
#include "catena/report/parts.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kAscii;

template <class... Arguments>
void append(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

// Degree and minus signs of sentences made for the page; what else a terminal may lack is "?".
std::string plain_ascii(const std::string& text) {
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {{"\u00b0", " deg"},
                                                                      {"\u2212", "-"}};
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const auto sign = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& one) {
      return std::string_view(text).substr(i).starts_with(one.first);
    });
    if (sign != std::end(kSigns)) {
      plain += sign->second;
      i += sign->first.size();
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i++]);
    const bool continues = (byte & 0xc0U) == 0x80U;  // of a character that has its "?" already
    if (byte < 0x80U) {
      plain += static_cast<char>(byte);
    } else if (!continues) {
      plain += '?';
    }
  }
  return plain;
}

// A sentence, two columns in, its lines broken between words.
void append_wrapped(std::string& text, const std::string& sentence) {
  constexpr std::size_t kColumns = 98;
  std::istringstream words(plain_ascii(sentence));
  std::string line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > kColumns) {
      append(text, "  {}\n", line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) append(text, "  {}\n", line);
}

void append_recordings(std::string& text, const Results& results) {
  std::size_t name_width = 9;
  std::size_t demand_width = 6;
  for (const RecordingResult& recording : results.recordings) {
    name_width = std::max(name_width, recording.name.size());
    demand_width = std::max(demand_width, recording.demand.size());
  }
  append(text, "{:<{}}  {:<{}}  {:>7}  {:>7}  {:>10}  {:>7}  {}\n", "recording", name_width,
         "demand", demand_width, "frames", "rate Hz", "marker fit", "solved", "strides R L");
  for (const RecordingResult& recording : results.recordings) {
    append(text, "{:<{}}  {:<{}}  {:>7}  {:>7}  {:>7} mm  {:>5} %  {} {}\n", recording.name,
           name_width, recording.demand, demand_width, recording.frames,
           plain_number(recording.rate_hz, 0, kScript),
           plain_number(1e3 * recording.marker_rms_m, 1, kScript),
           plain_number(1e2 * recording.converged_fraction, 0, kScript),
           recording.n_strides[kRight], recording.n_strides[kLeft]);
  }
}

void append_leg(std::string& text, const Results& results, Side side) {
  const LegResult& leg = results.legs[side];
  append(text, "\n{} leg, {} stride{}\n", kSideNames[side], leg.strides.size(),
         leg.strides.size() == 1 ? "" : "s");
  if (leg.strides.empty()) {
    text += "  no stride was seen from peak to peak\n";
    return;
  }
  const TakeUp& take_up = leg.take_up;
  const bool known = std::isfinite(take_up.hip.estimate.value);
  const auto row = [&text](const std::string& name, const std::string& at_peak,
                           const std::string& gained, const std::string& share_of_part) {
    std::string line =
        fmt::format("  {:<14}{:>22}{:>22}{:>24}", name, at_peak, gained, share_of_part);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  row("", results.has_standing ? "at peak, deg" : "at peak*, deg", "gained, deg",
      known ? fmt::format("share ({:.0f} %)", 100.0 * take_up.hip.estimate.level) : "");
  row("thigh", degrees_text(leg.at_peak.thigh_deg, kScript),
      degrees_text(leg.gained.thigh_deg, kScript), "");
  for (const PartStyle& part : chain_parts(results.has_thorax)) {
    row(part.name, degrees_text(leg.at_peak.*part.budget_deg, kScript),
        degrees_text(leg.gained.*part.budget_deg, kScript),
        known ? share_text((take_up.*part.share).estimate, kScript) : "");
  }
  // Low back and lean together, known better than either.
  if (known && take_up.has_thorax) {
    row("(both: pelvis)", "", "", share_text(take_up.pelvis.estimate, kScript));
  }
  if (!known) append_wrapped(text, "shares not known: " + leg.take_up.hip.why);
  append_wrapped(text, stop_headline(take_up, kScript));
  for (const std::string& remark : leg.take_up.remarks) append_wrapped(text, remark);
}

// Where to go, and no answer.
void append_red_flags(std::string& text, const Safety& safety) {
  text += "FIRST: be seen by a clinician. The answer is held back.\n";
  // More than these would push the rest off the screen; the report has all of them.
  constexpr std::size_t kMost = 2;
  for (std::size_t i = 0; i < std::min(kMost, safety.present.size()); ++i) {
    append_wrapped(
        text, sentence(safety.present[i].sentence) + " " + sentence(safety.present[i].where_to));
  }
  if (safety.present.size() > kMost) {
    append_wrapped(text, fmt::format("{} more, in the report.", safety.present.size() - kMost));
  }
}

// Safety, the answer and the next measurement.
void append_answer(std::string& text, const Results& results) {
  if (is_held_back(results)) {
    append_red_flags(text, results.safety);
    text += "\n";
    return;
  }
  const Answer& answer = results.answer;
  append(text, "{}\n", question());
  append_wrapped(text, results.safety.sentence);
  append_wrapped(
      text, sentence(answer.for_runner.empty() ? name_of(answer.answer_class) : answer.for_runner));
  const std::string probability = probability_sentence(answer);
  if (!probability.empty()) {
    append_wrapped(text, probability + " " + sentence(answer.probability_note));
  }
  if (!answer.next.empty()) {
    const NextMeasurement& next = answer.next.front();
    const std::string minutes = minutes_words(next.minutes);
    append_wrapped(
        text, fmt::format("Next: {}{}. {}", next.name, minutes.empty() ? "" : " (" + minutes + ")",
                          next.could_change));
  }
  text += "\n";
}

}  // namespace

std::string render_text(const Results& results) {
  std::string text;
  append_answer(text, results);
  append_recordings(text, results);
  for (const Side side : kSides) append_leg(text, results, side);
  if (!results.has_standing) {
    text += "\n* from the upright: no standing trial, so marker offsets are in it\n";
  }
  if (!results.warnings.empty()) text += "\nLook at this before you believe the result:\n";
  for (const std::string& warning : results.warnings) append_wrapped(text, warning);
  text +=
      "\nEducation, not a diagnosis. Intervals: spread over strides; shares from the model of "
      "demands.\n";
  return text;
}

}  // namespace catena
