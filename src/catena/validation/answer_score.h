// Scores of stated probabilities against what was planted.
#pragma once

#include <array>
#include <span>
#include <vector>

namespace catena {

/// One stated probability and whether what it speaks of was there.
struct StatedProbability {
  double probability = 0.0;
  bool present = false;
};

/// Answers whose probability lies in one of ten equal steps from 0 to 1.
struct ProbabilityBin {
  int n = 0;
  double stated = 0.0;   // mean; NaN: none
  double present = 0.0;  // part in which it was there; NaN: none
};

struct ProbabilityScore {
  int n = 0;
  double base_rate = 0.0;
  std::array<ProbabilityBin, 10> bins;
  // Mean over all answers of the distance between a bin's mean probability and the part present.
  double calibration_error = 0.0;
  double brier = 0.0;        // mean squared error
  double brier_skill = 0.0;  // 1 - brier / that of always saying the base rate; NaN: none or all
  double area_under_curve =
      0.0;  // chance that one with it is rated above one without; NaN likewise
};

/// source     expected calibration error: Naeini et al. 2015, AAAI; Brier 1950, Mon Weather Rev
///            78:1; area under the curve by ranks: Hanley & McNeil 1982, Radiology 143:29
ProbabilityScore score_probabilities(std::span<const StatedProbability> stated);

/// Log odds that would have fitted best: shift + slope * (log odds stated).
struct Recalibration {
  double shift = 0.0, slope = 1.0;
};

/// Maximum likelihood by Newton's method; probabilities are kept within 0.001 and 0.999.
///
/// stated     both kinds are there; else nothing is changed
/// source     logistic recalibration: Cox 1958, Biometrika 45:562
Recalibration fit_recalibration(std::span<const StatedProbability> stated);

/// The probability after it.
double recalibrated(double probability, const Recalibration& by);

/// Bits by which a probability was better than another for what was so.
double bits_gained(double before, double after, bool present);

}  // namespace catena
