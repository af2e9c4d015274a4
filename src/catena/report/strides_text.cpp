#include "catena/report/strides_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <sstream>

#include "catena/report/number_text.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kAscii;

template <class... Arguments>
void append(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

/// "  note      ..." broken between words.
void append_wrapped(std::string& text, const std::string& name, const std::string& sentence) {
  constexpr std::size_t kColumns = 100;
  constexpr std::size_t kIndent = 12;
  std::istringstream words(sentence);
  std::string line = fmt::format("  {:<{}}", name, kIndent - 2);
  bool empty = true;
  for (std::string word; words >> word;) {
    if (!empty && line.size() + 1 + word.size() > kColumns) {
      append(text, "{}\n", line);
      line = std::string(kIndent, ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  append(text, "{}\n", line);
}

std::string shown(const MeasureInfo& info, double value) {
  return std::isnan(value) ? "-"
                           : plain_number(value * info.shown_per_unit, info.decimals, kScript);
}

/// "-10 (-4.2 %) *"; the star where it is told from none.
std::string difference_of(const MeasureInfo& info, const MeasureSummary& summary) {
  if (!info.compares_sides || std::isnan(summary.asymmetry.value)) return "";
  std::string text = shown(info, summary.asymmetry.value);
  if (!std::isnan(summary.asymmetry_percent)) {
    text += fmt::format(" ({} %)", plain_number(summary.asymmetry_percent, 1, kScript));
  }
  return text + (summary.distinguishable ? " *" : "");
}

void append_table(std::string& text, const Spatiotemporal& s) {
  append(text, "  {:<29}{:>7}{:>8}{:>8}  {:<16}  {:<18}{:>5}\n", "", "right", "left", "both",
         "90 % of both", "right - left", "sees");
  bool has_star = false;
  bool has_limit = false;
  std::string lost;
  for (std::size_t k = 0; k < kMeasureCount; ++k) {
    const MeasureInfo& info = kMeasures.at(k);
    const MeasureSummary& summary = s.measures.at(k);
    if (!summary.why.empty() && !applies(static_cast<StrideMeasure>(k), s.gait)) continue;
    std::string line = fmt::format("  {:<29}", fmt::format("{}, {}", info.label, info.shown_unit));
    if (!summary.why.empty()) {
      append(text, "{}  {}\n", line, summary.why);
      continue;
    }
    const Estimate& both = summary.both;
    const std::string interval =
        std::isnan(both.low)
            ? "no interval"
            : fmt::format("{} to {}", shown(info, both.low), shown(info, both.high));
    const std::string sees =
        std::isnan(summary.smallest_detectable) ? "" : shown(info, summary.smallest_detectable);
    line += fmt::format("{:>7}{:>8}{:>8}  {:<16}  {:<18}{:>5}", shown(info, summary.side[0].value),
                        shown(info, summary.side[1].value), shown(info, both.value), interval,
                        difference_of(info, summary), sees);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
    has_star = has_star || summary.distinguishable;
    has_limit = has_limit || !sees.empty();
    if (summary.n_lost[0] + summary.n_lost[1] == 0) continue;
    lost += fmt::format("{}{} in {} right, {} left", lost.empty() ? "" : "; ", info.label,
                        summary.n_lost[0], summary.n_lost[1]);
  }
  if (has_limit) {
    append_wrapped(text, "sees",
                   fmt::format("The smallest difference that can be told from none (95 %){}.",
                               has_star ? "; * marks those that are" : "; none is"));
  }
  if (!lost.empty()) append_wrapped(text, "lost", lost + ".");
}

/// "force plate: 40 contacts, 39 toe-offs, SD 2 ms"
void append_events(std::string& text, const GaitEvents& events) {
  struct Count {
    int contacts = 0, toe_offs = 0;
    double sum_sd_s = 0.0;
  };
  std::map<std::string, Count> by_source;
  for (const GaitEvent& event : events.events) {
    Count& count = by_source[event.source];
    ++(event.kind == GaitEventKind::kContact ? count.contacts : count.toe_offs);
    count.sum_sd_s += event.sd_s;
  }
  for (const auto& [source, count] : by_source) {
    append_wrapped(
        text, "events",
        fmt::format(
            "from {}: {} contacts, {} toe-offs; error of one {} ms (SD)", source, count.contacts,
            count.toe_offs,
            plain_number(1e3 * count.sum_sd_s / (count.contacts + count.toe_offs), 1, kScript)));
  }
}

}  // namespace

std::string render_strides(const RecordingStrides& r) {
  const Spatiotemporal& s = r.spatiotemporal;
  std::string text = r.file + "\n";
  append_wrapped(text, "time",
                 fmt::format("{} frames at {:.6g} Hz, {:.3f} s (from {:.3f} to {:.3f} s)",
                             r.n_frames, r.rate_hz, r.last_s - r.first_s, r.first_s, r.last_s));
  if (!r.axes.empty()) append_wrapped(text, "axes", r.axes);
  append_events(text, r.events);
  const std::size_t n_right = static_cast<std::size_t>(
      std::count_if(s.strides.begin(), s.strides.end(),
                    [](const StrideValues& stride) { return stride.stride.side == kRight; }));
  append_wrapped(
      text, "strides",
      fmt::format("{} right, {} left{}; incomplete: {} right, {} left", n_right,
                  s.strides.size() - n_right,
                  s.gait == Gait::kUnknown
                      ? ""
                      : fmt::format(", {}", kGaitNames.at(static_cast<std::size_t>(s.gait))),
                  r.strides.n_incomplete[0], r.strides.n_incomplete[1]));
  if (!s.belt_by.empty()) {
    append_wrapped(
        text, "belt",
        std::isnan(s.belt.speed_m_s)
            ? "speed not known; give it with --speed"
            : fmt::format("{} m/s (SD {}), {}", plain_number(s.belt.speed_m_s, 2, kScript),
                          plain_number(s.belt.sd_m_s, 2, kScript), s.belt_by));
  }
  if (!s.strides.empty()) append_table(text, s);
  for (const auto* notes : {&s.notes, &r.events.notes, &r.strides.notes, &r.notes}) {
    for (const std::string& note : *notes) append_wrapped(text, "note", note);
  }
  return text;
}

}  // namespace catena
