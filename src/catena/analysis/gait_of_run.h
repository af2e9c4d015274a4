// Contacts and strides of one run, and what is measured over them.
#pragma once

#include <optional>

#include "catena/analysis/body_setup.h"
#include "catena/gait/gait_events.h"
#include "catena/gait/reference.h"
#include "catena/report/results.h"

namespace catena {

struct GaitOfRunOptions {
  EventChoice events = EventChoice::kAuto;
  RunDemand demand;  // as far as it was said
  Person person;
  const Reference* reference = nullptr;  // other runners; null: none
};

/// Where the markers of the feet are not known, the body's feet serve. Without feet there are no
/// events, and a note says so.
///
/// run        with poses
/// standing   angles are also counted from it
/// errors     kMissingData: the events that were asked for are not in the recording
Result<RecordingGait> gait_of_run(const FittedRun& run, const std::optional<FittedRun>& standing,
                                  const BodySetup& body, const GaitOfRunOptions& options = {});

/// What each recording brings to a comparison.
std::vector<GaitProfile> profiles_of(const Results& results);

}  // namespace catena
