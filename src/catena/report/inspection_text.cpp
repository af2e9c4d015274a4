#include "catena/report/inspection_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <sstream>

namespace catena {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kScreenLines = 23;   // and one for the file's name
constexpr std::size_t kNameColumns = 12;   // "  markers   "
constexpr double kGravity_m_s2 = 9.80665;  // NOLINT(readability-identifier-naming)

// No camera sees this well.
constexpr double kNoNoise_m = 5e-6;  // NOLINT(readability-identifier-naming)

/// "  markers   ..." broken between words; what does not fit into `lines` lines is counted.
class Lines {
 public:
  void add(const std::string& name, const std::string& content) {
    std::istringstream words(content);
    std::string line = fmt::format("  {:<{}}", name, kNameColumns - 2);
    bool empty = true;
    for (std::string word; words >> word;) {
      if (!empty && line.size() + 1 + word.size() > kColumns) {
        text_ += line + "\n";
        line = std::string(kNameColumns, ' ');
        empty = true;
      }
      line += (empty ? "" : " ") + word;
      empty = false;
    }
    text_ += line + "\n";
  }

  /// Words in at most so many lines: "a b c and 7 more".
  void add_list(const std::string& name, const std::vector<std::string>& words, std::size_t lines) {
    const std::size_t room = lines * (kColumns - kNameColumns - 1) - 20;
    std::string content;
    std::size_t n = 0;
    for (; n < words.size() && content.size() + 1 + words[n].size() <= room; ++n) {
      content += (n > 0 ? " " : "") + words[n];
    }
    if (n < words.size()) content += fmt::format(" and {} more", words.size() - n);
    add(name, content);
  }

  /// Sentences as long as the screen lasts; those left out are counted in its last line.
  void add_while_room(const std::string& name, const std::vector<std::string>& sentences) {
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      const std::string before = text_;
      add(name, sentences[i]);
      const bool is_last = i + 1 == sentences.size();
      if (count() + (is_last ? 0 : 1) <= kScreenLines) continue;
      text_ = before;
      if (count() < kScreenLines) {
        add(name, fmt::format("... and {} more; --json has them all", sentences.size() - i));
      }
      return;
    }
  }

  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string number(double value) { return fmt::format("{:.6g}", value); }

void add_clock(Lines& lines, const Inspection& found) {
  const bool table = found.kind == FileKind::kTable;
  std::string text = fmt::format("{} {}{}", found.n_frames, table ? "row" : "frame",
                                 found.n_frames == 1 ? "" : "s");
  if (std::isfinite(found.rate_hz)) text += fmt::format(" at {} Hz", number(found.rate_hz));
  text += fmt::format(", {:.3f} s (from {:.3f} to {:.3f} s)", found.last_s - found.first_s,
                      found.first_s, found.last_s);
  if (table) text += found.in_degrees ? ", angles in degrees" : ", angles in radians";
  lines.add("time", text);
}

void add_losses(Lines& lines, const Inspection& found) {
  if (found.labels.empty()) return;
  if (found.losses.empty()) return lines.add("lost", "nothing");
  constexpr std::size_t kMost = 4;
  std::string text = fmt::format("{:.1f} % of all; most in", 100.0 * found.missing_fraction);
  for (std::size_t i = 0; i < std::min(kMost, found.losses.size()); ++i) {
    const Loss& loss = found.losses[i];
    text += fmt::format("{} {} {:.1f} %", i > 0 ? "," : "", loss.label, 100.0 * loss.fraction);
    if (loss.fraction < 1.0 && std::isfinite(loss.longest_s)) {
      text += fmt::format(" (gaps up to {:.2f} s)", loss.longest_s);
    }
  }
  lines.add("lost", text);
}

void add_set(Lines& lines, const Inspection& found) {
  const MarkerSetFinding& set = found.marker_set;
  if (set.name.empty()) {
    if (found.kind == FileKind::kRecording) lines.add("set", "of no known marker set");
    return;
  }
  std::string text = fmt::format("{}: {} of its labels", set.name, set.n_matched);
  const auto list = [&](const char* what, const std::vector<std::string>& labels) {
    constexpr std::size_t kMost = 6;
    if (labels.empty()) return;
    text += fmt::format("; {}", what);
    for (std::size_t i = 0; i < std::min(kMost, labels.size()); ++i) text += " " + labels[i];
    if (labels.size() > kMost) text += fmt::format(" and {} more", labels.size() - kMost);
  };
  list("lacks", set.missing);
  list("beside it", set.unknown);
  lines.add("set", text);
}

void add_forces(Lines& lines, const Inspection& found) {
  if (found.analog_channels > 0) {
    lines.add("analog",
              fmt::format("{} channel{} at {} Hz", found.analog_channels,
                          found.analog_channels == 1 ? "" : "s", number(found.analog_rate_hz)));
  }
  if (!found.plates.empty()) {
    std::string text;
    for (std::size_t i = 0; i < found.plates.size(); ++i) {
      const PlateFinding& plate = found.plates[i];
      const bool known = std::isfinite(plate.mean_vertical_force_n);
      text += i > 0 ? "; " : "";
      text += plate.type > 0 ? fmt::format("{}: type {}, ", i + 1, plate.type)
                             : (plate.name.empty() ? std::string() : plate.name + ": ");
      text += known ? fmt::format("mean vertical force {:.1f} N", plate.mean_vertical_force_n)
                    : "not usable";
      const double weights = plate.mean_vertical_force_n / (found.mass_kg * kGravity_m_s2);
      if (std::isfinite(weights)) text += fmt::format(" = {:.3f} body weights", weights);
    }
    lines.add(found.kind == FileKind::kTable ? "forces" : "plates", text);
  }
  const ContactFinding& contacts = found.contacts;
  if (contacts.right + contacts.left + contacts.untold > 0) {
    std::string text = fmt::format("{} right, {} left", contacts.right, contacts.left);
    if (contacts.untold > 0)
      text += fmt::format(", {} of nobody knows which foot", contacts.untold);
    lines.add("contacts", text);
  }
}

void add_events(Lines& lines, const Inspection& found) {
  if (found.kind != FileKind::kRecording) return;
  if (found.events.empty()) return lines.add("events", "none in the file");
  std::map<std::string, int> counts;
  for (const EventFinding& event : found.events) ++counts[event.side + " " + event.label];
  std::string text;
  for (const auto& [event, n] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, event);
  }
  lines.add("events", text);
}

void add_quality(Lines& lines, const Inspection& found) {
  const QualityFinding& quality = found.quality;
  if (std::isnan(quality.noise_m) && quality.n_jumps == 0) return;
  std::string text;
  if (quality.noise_m < kNoNoise_m) {
    text = "no noise is left: the points were smoothed or made";
  } else if (std::isfinite(quality.noise_m)) {
    text = fmt::format("noise {:.2f} mm in the middle, {:.2f} mm in {}", 1e3 * quality.noise_m,
                       1e3 * quality.noisiest_m, quality.noisiest);
  }
  text += text.empty() ? "" : "; ";
  text += quality.n_jumps == 0
              ? "no jumps"
              : fmt::format("{} jump{} that no body makes, farthest {}", quality.n_jumps,
                            quality.n_jumps == 1 ? "" : "s", quality.worst_jump);
  lines.add("quality", text);
}

}  // namespace

std::string render_inspection(const Inspection& found) {
  Lines lines;
  const bool data = found.kind == FileKind::kRecording || found.kind == FileKind::kTable;
  std::string kind = found.format;
  if (!found.maker.empty()) kind += ", made by " + found.maker;
  if (!found.subject.empty()) kind += ", subject " + found.subject;
  lines.add("kind", kind);
  if (data) add_clock(lines, found);
  for (const std::string& fact : found.facts) lines.add("holds", fact);
  if (!found.labels.empty()) {
    const std::string n = std::to_string(found.labels.size());
    std::vector<std::string> words = {n + ":"};
    words.insert(words.end(), found.labels.begin(), found.labels.end());
    lines.add_list(found.kind == FileKind::kTable ? "columns" : "markers", words, 3);
  } else if (data) {
    lines.add(found.kind == FileKind::kTable ? "columns" : "markers", "none");
  }
  add_set(lines, found);
  if (data) add_losses(lines, found);
  if (found.n_outputs > 0) {
    lines.add("outputs", fmt::format("{} of the maker's software, kept apart from the markers",
                                     found.n_outputs));
  }
  add_forces(lines, found);
  add_events(lines, found);
  if (found.axes.known) lines.add("axes", found.axes.sentence);
  add_quality(lines, found);
  lines.add_while_room("can tell", found.can);
  lines.add_while_room("cannot", found.cannot);
  lines.add_while_room("problem", found.problems);
  lines.add_while_room("note", found.notes);
  return found.file + "\n" + lines.text();
}

}  // namespace catena
