// The instants at which a foot meets and leaves the ground.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "catena/model/chain_map.h"

namespace catena {

enum class GaitEventKind { kContact, kToeOff };

struct GaitEvent {
  Side side = kRight;
  GaitEventKind kind = GaitEventKind::kContact;
  double time_s = 0.0;  // on the clock of the points
  double sd_s = 0.0;    // of its error
  std::string source;   // "force plate", "markers", "file", "landmarks in a picture"
};

struct GaitEvents {
  std::vector<GaitEvent> events;   // in order of time
  std::vector<std::string> notes;  // one sentence each
};

enum class Gait { kUnknown, kRunning, kWalking };
inline constexpr std::array<const char*, 3> kGaitNames = {"unknown", "running", "walking"};

/// From contact to the next contact of the same foot. What is not known of it is NaN.
struct Stride {
  Side side = kRight;
  double from_s = 0.0, to_s = 0.0;
  double toe_off_s = 0.0;        // of this foot
  double other_toe_off_s = 0.0;  // first of the other foot after from_s
  double other_contact_s = 0.0;  // first of the other foot after from_s
  double from_sd_s = 0.0, to_sd_s = 0.0, toe_off_sd_s = 0.0;
  Gait gait = Gait::kUnknown;
};

struct GaitStrides {
  std::vector<Stride> strides;               // in order of from_s
  std::array<int, 2> n_incomplete = {0, 0};  // begun or ended outside, or an event missing
  std::vector<std::string> notes;            // incomplete ones, a change of gait: one sentence each
};

}  // namespace catena
