// Contacts and toe-offs of a recording from what it has: plates, markers, or its own events.
#pragma once

#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_event.h"
#include "catena/gait/gait_points.h"
#include "catena/gait/marker_events.h"
#include "catena/gait/plate_events.h"
#include "catena/recording/recording.h"

namespace catena {

enum class EventChoice {
  kAuto,     // plates where the foot is on one, markers elsewhere
  kPlates,   // plates alone
  kMarkers,  // markers alone
  kFile,     // the events that the file brings
};

struct GaitEventOptions {
  EventChoice choice = EventChoice::kAuto;
  MarkerEventOptions markers = {};
  PlateEventOptions plates = {};
};

/// The events that a file brings: "Foot Strike" and "Foot Off" of a side, in any capitals; others
/// are counted in a note. Nothing says how well they were set: sd_s is that of a person at 100
/// frames a second.
GaitEvents file_events(const std::vector<RecordedEvent>& events);

/// Puts an event of a plate in the place of the markers' one that it lies near; keeps every event
/// of markers that no plate saw. A plate event that no marker event lies near, as where a foot
/// slides off a plate's edge or the markers are lost, is kept only where the markers say nothing
/// about that foot at that time.
GaitEvents combine_events(const GaitEvents& plates, const GaitEvents& markers);

/// What the events of one recording are made from. Pointers may be null: there is none.
struct EventInputs {
  const GaitPoints* gait = nullptr;
  const Trajectories* points = nullptr;
  const BodyPoints* body = nullptr;
  const std::vector<PlateForces>* plates = nullptr;  // in ground
  const std::vector<RecordedEvent>* file = nullptr;
};

/// errors     kMissingData: what was chosen is not in the recording
Result<GaitEvents> gait_events(const EventInputs& inputs, const GaitEventOptions& options = {});

}  // namespace catena
