#include "catena/analysis/recording_result.h"

#include <algorithm>
#include <cmath>

namespace catena {

RecordingResult describe(const FittedRun& run, const std::optional<FittedRun>& standing,
                         const BodySetup& body, const DemandOfRun& demand) {
  RecordingResult out;
  out.name = run.name;
  out.file = run.file;
  out.demand = demand.label;
  out.demand_source = demand.source;
  out.axes = to_text(run.ground);
  out.turned = !run.ground.ground_from_lab.isIdentity(0.0);
  out.speed_m_s = run.segments.speed_m_s;
  out.frames = static_cast<int>(run.fit.motion.time_s.size());
  out.rate_hz = run.trajectories.rate_hz;
  const Eigen::ArrayXXd squared = run.fit.residual_m.array().square();
  const auto rms = [](const auto& values) {
    const Eigen::Index seen = (!values.isNaN()).count();
    return std::sqrt(values.isNaN().select(0.0, values).sum() / static_cast<double>(seen));
  };
  out.marker_rms_m = rms(squared);
  for (Eigen::Index m = 0; m < squared.cols(); ++m) {
    const double of_marker = rms(squared.col(m));
    if (!(of_marker > out.worst_marker_rms_m)) continue;
    out.worst_marker_rms_m = of_marker;
    const int index = run.fit.marker_index[static_cast<std::size_t>(m)];
    out.worst_marker = body.model.markers[static_cast<std::size_t>(index)].name;
  }
  out.converged_fraction =
      static_cast<double>(std::count(run.fit.converged.begin(), run.fit.converged.end(), true)) /
      std::max(1, out.frames);
  out.missing_fraction = static_cast<double>(squared.isNaN().count()) /
                         static_cast<double>(std::max<Eigen::Index>(1, squared.size()));
  out.repairs = run.repairs;
  out.motion = run.fit.motion;
  for (const Side side : kSides) {
    out.curves[side] = absolute_angles(run.segments, side);
    if (!standing) continue;
    out.from_standing[side] =
        from_standing(out.curves[side], absolute_angles(standing->segments, side));
  }
  return out;
}

}  // namespace catena
