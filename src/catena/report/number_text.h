// Numbers as people read them: always a value with its interval.
#pragma once

#include <string>

#include "catena/core/estimate.h"

namespace catena {

enum class Script {
  kTypographic,  // UTF-8: a true minus sign, the degree sign
  kAscii,        // for terminals
};

/// "30.1 (25.2 to 34.0)" with one decimal where the interval is narrower than 5 degrees, else
/// none; "not known" for NaN; "30.1 (no interval)" where only the interval is missing.
///
/// unit       written after the value: "30.1 deg (25.2 to 34.0)"; empty in tables
std::string degrees_text(const Estimate& estimate, Script script, const std::string& unit = "");

/// The same of an estimate in radians.
std::string angle_text(const Estimate& estimate_rad, Script script, const std::string& unit = "");

/// "0.50 (0.41 to 0.59)"
std::string share_text(const Estimate& estimate, Script script);

/// Of an estimate in metres: "43.1 (42.6 to 43.7)" in cm, always with one decimal.
std::string centimetres_text(const Estimate& estimate_m, Script script,
                             const std::string& unit = "");

/// Of an estimate in metres: "-74 (-82 to -66)" in mm; one decimal where the interval is narrower
/// than 5 mm.
std::string millimetres_text(const Estimate& estimate_m, Script script,
                             const std::string& unit = "");

/// "34 %"; "under 1 %" and "over 99 %" at the ends, as no recording makes certain.
std::string probability_text(double probability);

/// A number that is not an estimate but a count of a scale: tick labels, frame rates, millimetres.
/// Never "-0"; "not known" for NaN.
std::string plain_number(double value, int decimals, Script script = Script::kTypographic);

}  // namespace catena
