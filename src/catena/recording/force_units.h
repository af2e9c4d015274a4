// Units of force and moment as laboratories spell them.
#pragma once

#include <string_view>

namespace catena {

enum class UnitKind { kForce, kMoment, kLength, kVoltage, kUnknown };

struct ForceUnit {
  UnitKind kind = UnitKind::kUnknown;
  double in_si = 1.0;  // one of it in N, N m, m or V; 1 where unknown
};

/// "N", "nt", "Newtons", "kN", "lbf"; "Nmm", "N.mm", "ntmm", "N*m", "N-m"; "mm", "meters", "mete";
/// "V", "mV". Capitals, dots, stars, dashes and blanks play no part; a word cut off after three
/// letters, as in files with short unit fields, is known.
ForceUnit parse_force_unit(std::string_view text);

}  // namespace catena
