#include "catena/report/results.h"

namespace catena {

std::vector<std::string> gait_notes(const RecordingGait& gait) {
  std::vector<std::string> notes = gait.events.notes;
  const auto add = [&](const std::vector<std::string>& more) {
    notes.insert(notes.end(), more.begin(), more.end());
  };
  add(gait.strides.notes);
  add(gait.spatiotemporal.notes);
  for (const StrideCurves& curves : gait.curves) {
    for (const std::string& note : curves.notes) {
      notes.push_back(std::string(curves.side == kRight ? "Right" : "Left") + " leg: " + note);
    }
  }
  return notes;
}

}  // namespace catena
