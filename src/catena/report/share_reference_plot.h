// The pelvis's share of both legs beside that of other runners.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// An <svg> element: the other runners' quantiles as a strip, the legs as marks on it. Empty where
/// no leg can be compared.
std::string draw_share_reference(const Results& results);

}  // namespace catena
