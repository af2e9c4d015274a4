#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/report/fit_report.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kAscii;

std::string millimetres(double value_m) {
  return std::isfinite(value_m) ? plain_number(1e3 * value_m, 1, kScript) : "-";
}

template <class List, class Name>
std::size_t width_of(const List& list, std::size_t least, Name name) {
  for (const auto& item : list) least = std::max(least, name(item).size());
  return least;
}

}  // namespace

std::string render_fit_text(const FitSummary& fit) {
  const std::size_t trial_width =
      width_of(fit.trials, 9, [](const FitRecording& trial) { return trial.name; });
  std::string text = fmt::format("{:<{}}  {:>11}  {:>11}  {}\n", "recording", trial_width,
                                 "frames seen", "marker RMS", "worst marker");
  for (const FitRecording& trial : fit.trials) {
    text += fmt::format("{:<{}}  {:>11}  {:>8} mm  {} {}\n", trial.name, trial_width,
                        fmt::format("{}/{}", trial.frames_used, trial.frames),
                        millimetres(trial.marker_rms_m), trial.worst_marker,
                        millimetres(trial.worst_marker_rms_m));
  }
  const std::size_t width =
      width_of(fit.segments, 9, [](const FitSegment& segment) { return segment.name; });
  text += fmt::format("\n{:<{}}  {:>22}  {:>11}  {}\n", "segment", width, "length, cm (90 %)",
                      "marker RMS", "length known by");
  for (const FitSegment& segment : fit.segments) {
    const bool has_length = std::isfinite(segment.length_m.value);
    text += fmt::format("{:<{}}  {:>22}  {:>8} mm  {}\n", segment.name, width,
                        has_length ? centimetres_text(segment.length_m, kScript) : "-",
                        millimetres(segment.marker_rms_m),
                        has_length ? measured_words(segment.measured_share) : "-");
  }
  text += fmt::format(
      "\nmarker RMS {} mm over all; {} after {} iteration{}{}\n", millimetres(fit.marker_rms_m),
      fit.converged ? "converged" : "NOT converged", fit.iterations, fit.iterations == 1 ? "" : "s",
      std::isfinite(fit.solve_s) ? fmt::format(", {} s", plain_number(fit.solve_s, 2, kScript))
                                 : "");
  if (!fit.warnings.empty()) text += "\nLook at this before you use the body:\n";
  for (const std::string& warning : fit.warnings) text += "  " + warning + "\n";
  return text;
}

}  // namespace catena
