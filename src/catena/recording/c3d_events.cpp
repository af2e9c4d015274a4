// Events, from the EVENT group and from the header.
#include <algorithm>
#include <array>
#include <cmath>

#include "catena/core/text.h"
#include "catena/recording/c3d_header.h"
#include "catena/recording/c3d_meaning.h"
#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

EventSide side_of_context(const std::string& context) {
  if (equal_ignoring_case(context, "left")) return EventSide::kLeft;
  if (equal_ignoring_case(context, "right")) return EventSide::kRight;
  return EventSide::kGeneral;
}

/// "Left Foot Strike", "RHS", "LTO1", "R. I": the side stands first, in full or as a letter before
/// a gait event's usual two letters or a point.
EventSide side_of_label(const std::string& label) {
  static constexpr std::array<std::string_view, 8> kEvents = {"hs", "to", "fs", "fo",
                                                              "ic", "fc", "ho", "ff"};
  const std::string lower = to_lower(label);
  if (lower.starts_with("left")) return EventSide::kLeft;
  if (lower.starts_with("right")) return EventSide::kRight;
  if (lower.size() < 3) return EventSide::kGeneral;
  if (lower[1] != '.' &&
      std::find(kEvents.begin(), kEvents.end(), lower.substr(1, 2)) == kEvents.end()) {
    return EventSide::kGeneral;
  }
  if (lower[0] == 'l') return EventSide::kLeft;
  return lower[0] == 'r' ? EventSide::kRight : EventSide::kGeneral;
}

}  // namespace

std::vector<RecordedEvent> read_group_events(const std::vector<C3dGroup>& groups,
                                             std::vector<std::string>& notes) {
  std::vector<RecordedEvent> events;
  const std::vector<std::string> labels = joined_texts(groups, "EVENT", "LABELS");
  const std::vector<std::string> contexts = joined_texts(groups, "EVENT", "CONTEXTS");
  const std::vector<double> times = joined_numbers(groups, "EVENT", "TIMES");
  const std::vector<double> used = counts_of(groups, "EVENT", "USED");
  const C3dParameter* parameter = find_parameter(groups, "EVENT", "TIMES");
  // Minutes and seconds of each; a plain list is in seconds.
  const std::size_t n_each =
      parameter != nullptr && !parameter->dims.empty() && parameter->dims[0] == 2 ? 2 : 1;
  const std::size_t n_there = times.size() / n_each;
  std::size_t n = n_there;
  if (!used.empty() && used[0] >= 0.0 && used[0] < static_cast<double>(n_there)) {
    n = static_cast<std::size_t>(used[0]);
  }
  std::size_t n_lost = !used.empty() && used[0] > static_cast<double>(n_there)
                           ? static_cast<std::size_t>(std::min(used[0], 1e6)) - n_there
                           : 0;
  for (std::size_t i = 0; i < n; ++i) {
    RecordedEvent event;
    event.time_s = n_each == 2 ? 60.0 * times[2 * i] + times[2 * i + 1] : times[i];
    if (i < labels.size()) event.label = labels[i];
    if (i < contexts.size()) event.side = side_of_context(contexts[i]);
    if (event.side == EventSide::kGeneral) event.side = side_of_label(event.label);
    if (std::isfinite(event.time_s)) {
      events.push_back(std::move(event));
    } else {
      ++n_lost;
    }
  }
  if (n_lost > 0) {
    notes.push_back(std::to_string(n_lost) + " events have no time in EVENT:TIMES.");
  }
  return events;
}

std::vector<RecordedEvent> read_header_events(std::string_view bytes, C3dProcessor processor,
                                              double first_time_s) {
  std::vector<RecordedEvent> events;
  if (bytes.size() < kC3dBlock) return events;
  // Words are counted from 1, as in the specification.
  const auto at_word = [&](std::size_t n) { return bytes.data() + 2 * (n - 1); };
  constexpr int kKey = 12345;
  const std::size_t n_letters = load_word(processor, at_word(150)) == kKey ? 4 : 2;
  const std::size_t n = load_word(processor, at_word(151));
  if (n > 18) return events;  // what stands there is no count
  for (std::size_t i = 0; i < n; ++i) {
    RecordedEvent event;
    event.time_s = first_time_s + load_real(processor, at_word(153 + 2 * i));
    event.label = clean_text({at_word(199) + n_letters * i, n_letters});
    event.side = side_of_label(event.label);
    if (std::isfinite(event.time_s)) events.push_back(std::move(event));
  }
  return events;
}

}  // namespace catena
