// Made-up results of the size that one sprinter's four speeds have, for the tests of this layer.
#pragma once

#include "catena/report/results.h"

namespace catena {

/// Four demands, three strides each and leg, with a thorax and a standing trial. The parts of
/// every stride add up to its thigh angle, as real budgets do.
Results fixture_results();

/// The same runner without thorax markers: hip and pelvis only.
Results fixture_without_thorax();

/// One demand: budgets, but no share, with the reason in words.
Results fixture_one_demand();

}  // namespace catena
