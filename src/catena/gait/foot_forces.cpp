#include "catena/gait/foot_forces.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Samples [from, to) of one plate in which it is loaded.
struct Loaded {
  Eigen::Index from = 0, to = 0;
};

// Runs above the threshold; short gaps are closed, short and weak runs are left out.
std::vector<Loaded> loaded_runs(const PlateForces& plate, const FootForceOptions& options) {
  const auto shortest = [&](double seconds) { return seconds * plate.rate_hz; };
  std::vector<Loaded> runs;
  for (Eigen::Index i = 0; i < plate.force_n.rows(); ++i) {
    if (!(plate.force_n(i, 1) > options.contact_force_n)) continue;  // NaN is not loaded
    const bool goes_on = !runs.empty() && static_cast<double>(i - runs.back().to) <
                                              shortest(options.shortest_flight_s);
    if (goes_on) {
      runs.back().to = i + 1;
    } else {
      runs.push_back({i, i + 1});
    }
  }
  std::erase_if(runs, [&](const Loaded& run) {
    const Eigen::Index n = run.to - run.from;
    return static_cast<double>(n) < shortest(options.shortest_contact_s) ||
           plate.force_n.col(1).segment(run.from, n).maxCoeff() < options.least_peak_n;
  });
  return runs;
}

// When the force crosses the threshold between sample i - 1 and i.
double crossing_s(const PlateForces& plate, Eigen::Index i, double threshold_n) {
  const double before_n = plate.force_n(i - 1, 1), after_n = plate.force_n(i, 1);
  const double part = (threshold_n - before_n) / (after_n - before_n);
  const double at = static_cast<double>(i - 1) + (part >= 0.0 && part <= 1.0 ? part : 1.0);
  return plate.first_s + at / plate.rate_hz;
}

// Distance from a place to the nearest of some points in a frame; infinite where none is seen.
double distance_m(const Trajectories& points, Eigen::Index frame,
                  const std::vector<Eigen::Index>& of, const Eigen::Vector3d& place_m) {
  double nearest_m = kInfinity;
  for (const Eigen::Index point : of) {
    const Eigen::Vector3d p = points.points_m.row(frame).segment<3>(3 * point);
    const double d = (p - place_m).norm();
    if (d < nearest_m) nearest_m = d;  // false for NaN
  }
  return nearest_m;
}

// The foot that stays nearest to the centre of pressure; general where it is not one and the same.
EventSide foot_of(const PlateForces& plate, const Loaded& run, const Trajectories& points,
                  const BodyPoints& body, const FootForceOptions& options) {
  std::array<double, 2> voted = {0.0, 0.0};
  double of_all = 0.0;
  // Frames of the run, and one on either side for rounding.
  const double first_s = plate.first_s + static_cast<double>(run.from) / plate.rate_hz;
  const auto n_frames = points.time_s.size();
  const double start_s = n_frames > 0 ? points.time_s[0] : 0.0;
  const auto first_frame =
      static_cast<Eigen::Index>(std::floor((first_s - start_s) * points.rate_hz)) - 1;
  for (Eigen::Index frame = std::max<Eigen::Index>(0, first_frame); frame < n_frames; ++frame) {
    const auto at = static_cast<Eigen::Index>(
        std::lround((points.time_s[frame] - plate.first_s) * plate.rate_hz));
    if (at >= run.to) break;
    if (at < run.from) continue;
    const Eigen::Vector3d cop_m = plate.cop_m.row(at);
    const double right_m = distance_m(points, frame, body.feet[0], cop_m);
    const double left_m = distance_m(points, frame, body.feet[1], cop_m);
    const double near_m = std::min(right_m, left_m), far_m = std::max(right_m, left_m);
    const double force_n = plate.force_n(at, 1);
    if (near_m == kInfinity || !(force_n > 0.0)) continue;
    of_all += force_n;
    if (near_m > options.farthest_m || far_m < options.nearer_by * near_m) continue;
    voted[right_m < left_m ? 0 : 1] += force_n;
  }
  if (of_all == 0.0) return EventSide::kGeneral;
  if (voted[0] >= options.sure_part * of_all) return EventSide::kRight;
  if (voted[1] >= options.sure_part * of_all) return EventSide::kLeft;
  return EventSide::kGeneral;
}

// Adds a plate's samples to those of a foot: forces add up, the place moves to where they have no
// moment about a horizontal axis, and what is left is the free moment.
void add_force(const PlateForces& plate, const Loaded& run, GroundForce& foot) {
  for (Eigen::Index i = run.from; i < run.to; ++i) {
    const Eigen::Vector3d added_n = plate.force_n.row(i), before_n = foot.force_n.row(i);
    if (!added_n.allFinite()) continue;
    const Eigen::Vector3d added_at_m = plate.cop_m.row(i), before_at_m = foot.cop_m.row(i);
    const Eigen::Vector3d total_n = added_n + before_n;
    const double weight = std::abs(total_n.y()) > 1e-9 ? added_n.y() / total_n.y() : 1.0;
    const Eigen::Vector3d at_m = before_at_m + weight * (added_at_m - before_at_m);
    Eigen::Vector3d moment_nm = foot.free_moment_nm.row(i) + plate.free_moment_nm.row(i);
    moment_nm += (added_at_m - at_m).cross(added_n) + (before_at_m - at_m).cross(before_n);
    foot.force_n.row(i) = total_n;
    foot.cop_m.row(i) = at_m;
    foot.free_moment_nm.row(i) = moment_nm;
  }
}

// One list in order of time; what two plates say of one step becomes one contact.
void join_contacts(std::vector<Contact>& contacts) {
  std::sort(contacts.begin(), contacts.end(),
            [](const Contact& a, const Contact& b) { return a.from_s < b.from_s; });
  std::vector<Contact> joined;
  for (const Contact& next : contacts) {
    const auto same = std::find_if(joined.rbegin(), joined.rend(),
                                   [&](const Contact& one) { return one.side == next.side; });
    if (same == joined.rend() || same->to_s < next.from_s) {
      joined.push_back(next);
      continue;
    }
    same->to_s = std::max(same->to_s, next.to_s);
    same->whole = same->whole && next.whole;
  }
  contacts = std::move(joined);
}

void note_general(const FootForces& result, double duration_s, std::vector<std::string>& notes) {
  double general_s = 0.0;
  int n_general = 0;
  for (const Contact& contact : result.contacts) {
    if (contact.side != EventSide::kGeneral) continue;
    ++n_general;
    general_s += contact.to_s - contact.from_s;
  }
  if (n_general == 0) return;
  notes.push_back(fmt::format(
      "In {} contact{} ({:.1f} of {:.1f} s) the feet cannot be told apart, as when both are on one "
      "plate: that force was given to neither.",
      n_general, n_general == 1 ? "" : "s", general_s, duration_s));
}

}  // namespace

Result<FootForces> foot_forces(const std::vector<PlateForces>& plates, const Trajectories& points,
                               const BodyPoints& body, const FootForceOptions& options) {
  const auto first = std::find_if(plates.begin(), plates.end(), [](const PlateForces& plate) {
    return plate.force_n.rows() > 0;
  });
  if (first == plates.end()) {
    return fail(Errc::kMissingData, "there is no force plate that could be used", "",
                "give a file with force plates (C3D)");
  }
  if (body.feet[0].empty() && body.feet[1].empty()) {
    return fail(Errc::kMissingData, "no marker is known to be on a foot", "",
                "name the markers of the feet");
  }

  // Both feet in the air.
  FootForces result;
  const Eigen::Index n = first->force_n.rows();
  const Eigen::RowVector3d middle_m = first->corners_m.rowwise().mean().transpose();
  GroundForce in_air;
  in_air.force_n = Eigen::MatrixX3d::Zero(n, 3);
  in_air.cop_m = middle_m.replicate(n, 1);
  in_air.free_moment_nm = Eigen::MatrixX3d::Zero(n, 3);
  result.forces = ground_forces(std::vector<PlateForces>{*first}, points.name);
  result.forces.forces = {in_air, in_air};
  GroundForce &right = result.forces.forces[0], &left = result.forces.forces[1];
  right.name = "r";
  right.side = EventSide::kRight;
  left.name = "l";
  left.side = EventSide::kLeft;

  // What each plate adds.
  for (const PlateForces& plate : plates) {
    if (plate.force_n.rows() == 0) continue;
    if (plate.force_n.rows() != n || plate.rate_hz != first->rate_hz) {
      return fail(Errc::kMismatch, "the force plates have different clocks", "",
                  "give the plates of one file");
    }
    for (const Loaded& run : loaded_runs(plate, options)) {
      Contact contact;
      contact.side = foot_of(plate, run, points, body, options);
      contact.whole = run.from > 0 && run.to < n;
      contact.from_s =
          run.from > 0 ? crossing_s(plate, run.from, options.contact_force_n) : plate.first_s;
      contact.to_s = run.to < n ? crossing_s(plate, run.to, options.contact_force_n)
                                : plate.first_s + static_cast<double>(n - 1) / plate.rate_hz;
      result.contacts.push_back(contact);
      if (contact.side == EventSide::kRight) add_force(plate, run, right);
      if (contact.side == EventSide::kLeft) add_force(plate, run, left);
    }
  }
  join_contacts(result.contacts);
  note_general(result, static_cast<double>(n) / first->rate_hz, result.notes);
  if (result.contacts.empty()) result.notes.emplace_back("Nobody steps on a force plate.");
  return result;
}

}  // namespace catena
