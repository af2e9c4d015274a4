// Results with planted demands, bands and hip stops, one for each verdict.
#pragma once

#include <vector>

#include "catena/report/results.h"

namespace catena {

/// Fills points, bands and `rest` of a leg whose share is known from its strides: the mean of each
/// demand, and a line through them; the hip stop is undecided.
void plant_points_and_line(const Results& results, LegResult& leg);

/// The fixture's four demands with a verdict on both legs. Reached: a stop at hip 31, thigh 36 deg;
/// a bend's band wherever it is not "cannot be tested".
Results fixture_with_verdict(StopVerdict verdict);

/// One ramp of 60 strides a leg, seen as ten blocks; the stop is reached.
Results fixture_ramp();

/// Everything that a report can be made of, for tests that hold for all of it.
std::vector<Results> all_fixtures();

}  // namespace catena
