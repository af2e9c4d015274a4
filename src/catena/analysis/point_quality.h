// How good recorded points are, seen from the points alone.
#pragma once

#include "catena/recording/point_recording.h"
#include "catena/report/inspection.h"

namespace catena {

/// Noise, jumps and labels that stand twice.
///
/// Noise: the SD of each coordinate's white part, from third differences, whose SD is sqrt(20)
/// times that of the noise and in which smooth motion leaves little; the median over frames, so
/// that contacts and jumps do not count. It is an upper bound: at 100 Hz a runner's own jerk leaves
/// about half a millimetre on the feet. Jumps: bends that no body makes (200 g), each run of frames
/// once.
QualityFinding assess_points(const PointRecording& recording);

/// Points of which something is lost, worst first; `fraction_of_all`: of all positions.
std::vector<Loss> find_losses(const PointRecording& recording, double& fraction_of_all);

}  // namespace catena
