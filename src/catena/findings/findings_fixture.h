// Runs as the rules read them, planted from a few words: for tests of the rules.
#pragma once

#include <string>

#include "catena/findings/run_findings.h"

namespace catena {

/// A number and the ends of its interval, or a number and its SD.
struct PlantedShare {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// One leg. Degrees.
struct PlantedLeg {
  bool known = false;
  double stop_probability = 0.0;  // as HipStop::towards_stop
  double stop_at_deg = 0.0, stop_sd_deg = 1.0;
  double relief_deg = 0.0, relief_sd_deg = 1.0;  // with the hip free, where it stops
  double use_deg = 0.0;                          // hip extension at the farthest demand
  PlantedShare hip, low_back, lean;
};

/// Fills a leg's take-up, verdict and draws.
LegFindings plant_leg(const PlantedLeg& planted, bool has_thorax, unsigned seed);

}  // namespace catena
