// What the names of recordings tell of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catena {

/// Whether a name says that the runner stands: "static", "standing", "neutral" or "calib" anywhere
/// in it, "stat", "stand" or "cal" as a word ("subject3_cal", "RBDS014Stat").
///
/// stem       a file's name without folder and ending
bool is_standing_name(std::string_view stem);

/// Each run's speed from its name, or none for any: a guess must hold for all of them.
///
/// Read are one number with its unit ("run0350cms", "run_3.5ms", "12kmh") in each name, the same
/// unit in all; or T and two digits, tenths of m/s, in two or more names, as in the treadmill
/// trials of Fukuchi et al. 2017 ("runT25", "runT35"), when all differ by more than 5 %, so that
/// trial numbers are not taken for speeds. A speed that nobody walks or runs makes all of them
/// unknown.
///
/// stems      files' names without folder and ending
/// returns    as many as names, m/s; empty when unknown
std::vector<double> speeds_from_names(const std::vector<std::string>& stems);

}  // namespace catena
