// From contacts and toe-offs to strides.
#pragma once

#include "catena/gait/gait_event.h"

namespace catena {

struct StrideOptions {
  // A sprinter's stride takes 0.4 s; a slow walker's 2 s. What is shorter is not a stride, what is
  // longer has a contact missing.
  double shortest_s = 0.35;
  double longest_s = 2.5;
};

/// Strides from each contact to the next of the same foot, with the events between.
///
/// Running: before the other foot meets the ground this one has left it (flight), and the same at
/// the stride's end. Walking: it has not (double support). A stride in which one step has flight
/// and the other has not, or that lacks the events to tell, is of unknown gait. Where the other
/// foot has no event at all, the part of the stride for which this one stands tells. A change of
/// gait is said in a note. A stride between whose contacts an event of this foot is missing or
/// doubled is counted as incomplete, as are those that begin before the recording or end after it.
///
/// events     in order of time
/// first_s, last_s   of the recording
GaitStrides strides_of(const GaitEvents& events, double first_s, double last_s,
                       const StrideOptions& options = {});

}  // namespace catena
