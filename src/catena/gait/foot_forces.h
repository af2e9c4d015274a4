// Whose foot presses: from plates and markers to forces of the right and the left foot.
#pragma once

#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/grf_file.h"
#include "catena/recording/plate_forces.h"
#include "catena/trajectories/body_points.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct FootForceOptions {
  // A foot is on the plate while it presses more than this. Where the plate stands still 10 N are
  // enough (Leitch et al. 2011, Gait Posture 33:130); under a belt that is run on, an unloaded
  // plate swings by 25 to 50 N (measured on twelve trials on an instrumented treadmill). A
  // runner's force grows by tens of newtons a millisecond, so that 50 N come 1 to 3 ms late.
  double contact_force_n = 50.0;
  // What presses less at its most is no step: a child of 20 kg weighs this much.
  double least_peak_n = 200.0;
  // What is shorter is no step: sprinters touch the ground for 0.08 s.
  double shortest_contact_s = 0.05;
  // A force that is gone for less is a swing of the plate, and the contact goes on.
  double shortest_flight_s = 0.01;
  // The centre of pressure lies under the foot: no farther from its nearest marker than this.
  double farthest_m = 0.3;
  // The foot that presses must be nearer by this factor than the other one.
  double nearer_by = 1.5;
  // ... in this part of the contact, weighed by the force.
  double sure_part = 0.8;
};

struct Contact {
  EventSide side = EventSide::kGeneral;  // general: the feet could not be told apart
  double from_s = 0.0, to_s = 0.0;       // where the force crosses the threshold
  bool whole = true;                     // begins and ends within the recording
};

struct FootForces {
  // Right ("r") and left ("l"), at the rate of the plates. While a foot is off the ground its force
  // and moment are 0 and its centre of pressure is the middle of the first plate.
  GroundForces forces;
  std::vector<Contact> contacts;   // in order of time
  std::vector<std::string> notes;  // one sentence each
};

/// Tells the feet apart and adds up what each presses.
///
/// A contact is an interval in which one plate is loaded; it belongs to the foot whose markers stay
/// nearest to its centre of pressure. What several plates measure of one foot becomes one force at
/// the point about which it has no moment but along the vertical. Where both feet are on one plate
/// at a time, as in walking on a single belt or in standing, nothing tells which presses how much:
/// such a contact is general, is given to neither foot, and is counted in a note.
///
/// plates     turned into ground (y up), all at one rate; those without samples are passed over
/// points     in ground, on the same clock
/// body       its feet
/// errors     kMissingData: no plate with samples, or no points of either foot
Result<FootForces> foot_forces(const std::vector<PlateForces>& plates, const Trajectories& points,
                               const BodyPoints& body, const FootForceOptions& options = {});

}  // namespace catena
