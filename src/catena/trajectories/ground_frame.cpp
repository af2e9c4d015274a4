#include "catena/trajectories/ground_frame.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/recording/lost_position.h"
#include "catena/trajectories/ground_evidence.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Slower than this nobody runs, and hardly walks.
constexpr double kSlowestWay_m_s = 0.5;  // NOLINT(readability-identifier-naming)
// The way and the facing contradict each other when they are more than 60 degrees apart.
constexpr double kLeastFacing = 0.5;

int index_of(LabAxis axis) { return static_cast<int>(axis) / 2; }

// "z" for +z: how a person says it.
std::string spoken(LabAxis axis) {
  const std::string text = to_text(axis);
  return text.front() == '+' ? text.substr(1) : text;
}

// Forward of a frame that is turned upright by the shortest way: x stays where it is horizontal.
LabAxis own_forward(LabAxis up) {
  if (up == LabAxis::kPlusX) return LabAxis::kMinusY;
  if (up == LabAxis::kMinusX) return LabAxis::kPlusY;
  return LabAxis::kPlusX;
}

Eigen::Matrix3d ground_from(LabAxis forward, LabAxis up) {
  Eigen::Matrix3d ground_from_lab;
  const Eigen::Vector3d x = unit_vector(forward);
  const Eigen::Vector3d y = unit_vector(up);
  ground_from_lab << x.transpose(), y.transpose(), x.cross(y).transpose();
  return ground_from_lab;
}

// The axis that a horizontal way comes nearest to.
LabAxis nearest_axis(const Eigen::Vector3d& way) {
  int index = 0;
  way.cwiseAbs().maxCoeff(&index);
  return static_cast<LabAxis>(2 * index + (way[index] > 0.0 ? 0 : 1));
}

void find_up(const Recording& recording, const BodyPoints& body, const SampledPoints& points,
             GroundFrame& frame) {
  FoundAxis& up = frame.up;
  const auto plates = up_of_plates(recording.plates, points);
  const auto landmarks = up_of_landmarks(body, points);
  if (plates && landmarks && *plates != *landmarks) {
    frame.notes.push_back(fmt::format(
        "The force plates lie across {}, but the way from the feet to the pelvis is {}; y was "
        "taken as up, say otherwise if it is not.",
        spoken(*plates), spoken(*landmarks)));
    up.by = "plates and landmarks contradict each other";
    return;
  }
  if (plates || landmarks) {
    up.axis = plates ? *plates : *landmarks;
    up.certainty = Certainty::kSure;
    up.by = plates && landmarks ? "the force plates lie across it and the pelvis is above the feet"
            : plates            ? "the force plates lie across it, the points above them"
                                : "the pelvis is above the feet";
    up.seen = up.axis;
    return;
  }
  const UpOfShape shape = up_of_shape(points);
  if (!shape.up) {
    frame.notes.emplace_back(
        "Neither plates, known landmarks nor the shape of the body show which axis is up; y was "
        "taken, say otherwise if it is not.");
    up.by = "nothing shows it";
    return;
  }
  up.axis = *shape.up;
  up.seen = up.axis;
  up.certainty = Certainty::kLikely;
  up.by = "the points reach farthest along it";
  if (shape.direction_is_seen) {
    up.by += ", and this end swings less or lies away from the origin";
  } else {
    frame.notes.push_back(fmt::format(
        "The points reach farthest along {}; which of its ends is up could not be seen, {} was "
        "taken.",
        spoken(up.axis), to_text(up.axis)));
  }
}

// What the person said goes before what is found; a contradiction is noted.
void apply_given_up(const GroundFrameOptions& options, GroundFrame& frame) {
  if (!options.up) return;
  std::vector<std::string> notes;
  if (frame.up.seen && *frame.up.seen != *options.up) {
    notes.push_back(fmt::format("{} was given as up, but the recording says {}: {}.",
                                spoken(*options.up), spoken(*frame.up.seen), frame.up.by));
  }
  frame.notes = notes;
  frame.up.axis = *options.up;
  frame.up.certainty = Certainty::kGiven;
  frame.up.by = "given";
}

// Treadmill or overground, how fast, and the way: the body's over what the feet stand on.
Eigen::Vector3d find_motion(const MotionOverGround& motion, const GroundFrameOptions& options,
                            GroundFrame& frame) {
  const Eigen::Vector3d none = Eigen::Vector3d::Zero();
  const Eigen::Vector3d feet = motion.standing_feet_m_s.value_or(none);
  const bool feet_move = feet.norm() > kSlowestWay_m_s;
  frame.treadmill = options.treadmill.value_or(!motion.travels && feet_move);
  Eigen::Vector3d way = none;
  if (frame.treadmill) {
    if (feet_move) way = -feet;
    frame.motion_by = "the feet go backwards while they stand and the body stays";
  } else {
    if (motion.travels) way = motion.body_m_s;
    frame.motion_by = motion.travels ? "the body travels through the room" : "nobody travels";
  }
  frame.speed_m_s = way.norm();
  if (options.treadmill) {
    frame.motion_by = "given";
    // On a belt the speed is not zero; it is only not seen.
    if (way.isZero(0.0) && frame.treadmill) frame.speed_m_s = kNaN;
  }
  return way;
}

void find_forward(const Eigen::Vector3d& way, const std::optional<Eigen::Vector3d>& faces,
                  GroundFrame& frame) {
  FoundAxis& forward = frame.forward;
  forward.axis = own_forward(frame.up.axis);
  if (!way.isZero(0.0)) {
    if (faces && way.dot(*faces) < kLeastFacing * way.norm() * faces->norm()) {
      frame.notes.push_back(
          fmt::format("The runner goes along {}, but pelvis and feet face {}; forward is found "
                      "again from the pose.",
                      to_text(nearest_axis(way)), to_text(nearest_axis(*faces))));
      forward.by = "way and facing contradict each other";
      return;
    }
    forward.axis = nearest_axis(way);
    forward.certainty = faces ? Certainty::kSure : Certainty::kLikely;
    forward.by = frame.treadmill ? "the feet go the other way while they stand"
                                 : "the body travels that way";
  } else if (faces) {
    forward.axis = nearest_axis(*faces);
    forward.certainty = Certainty::kSure;
    forward.by = "pelvis and feet face that way";
  } else {
    forward.by = "nothing shows it, so the file's own axis is kept";
    return;
  }
  forward.seen = forward.axis;
}

Result<void> apply_given_forward(const GroundFrameOptions& options, GroundFrame& frame) {
  if (!options.forward) return {};
  if (index_of(*options.forward) == index_of(frame.up.axis)) {
    return fail(Errc::kBadOption,
                fmt::format("{} was given as forward, but {} is up ({})", to_text(*options.forward),
                            spoken(frame.up.axis), frame.up.by),
                "", "give two different axes with --up and --forward");
  }
  FoundAxis& forward = frame.forward;
  if (forward.seen && *forward.seen != *options.forward) {
    frame.notes.push_back(fmt::format("{} was given as forward, but the recording says {}: {}.",
                                      to_text(*options.forward), to_text(*forward.seen),
                                      forward.by));
  }
  forward.axis = *options.forward;
  forward.certainty = Certainty::kGiven;
  forward.by = "given";
  return {};
}

}  // namespace

Eigen::Vector3d unit_vector(LabAxis axis) {
  const double sign = static_cast<int>(axis) % 2 == 0 ? 1.0 : -1.0;
  return sign * Eigen::Vector3d::Unit(index_of(axis));
}

std::string to_text(LabAxis axis) {
  return {static_cast<int>(axis) % 2 == 0 ? '+' : '-', "xyz"[index_of(axis)]};
}

std::optional<LabAxis> axis_named(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  constexpr std::string_view kLetters = "xyz";
  if (text.size() != 1 || kLetters.find(text.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  const auto letter = static_cast<int>(kLetters.find(text.front()));
  return static_cast<LabAxis>(2 * letter + (negative ? 1 : 0));
}

Result<GroundFrame> find_ground_frame(const Recording& recording, const BodyPoints& body,
                                      const GroundFrameOptions& options) {
  if (options.up && options.forward && index_of(*options.up) == index_of(*options.forward)) {
    return fail(Errc::kBadOption, "up and forward were given along the same axis", "",
                "give two different axes with --up and --forward");
  }
  const SampledPoints points = sample_points(recording.points, kFarthest_m);
  GroundFrame frame;
  find_up(recording, body, points, frame);
  apply_given_up(options, frame);
  const MotionOverGround motion = motion_over_ground(points, body, frame.up.axis);
  const Eigen::Vector3d way = find_motion(motion, options, frame);
  find_forward(way, facing(body, points, frame.up.axis), frame);
  CATENA_CHECK(apply_given_forward(options, frame));
  if (!options.forward && options.keep_forward) {
    frame.forward.axis = own_forward(frame.up.axis);
    frame.forward.certainty = Certainty::kGiven;
    frame.forward.by = "as the file has it";
  }
  frame.belt_rise_rad = options.belt_rise_rad;
  const Eigen::AngleAxisd rise(options.belt_rise_rad, Eigen::Vector3d::UnitZ());
  frame.ground_from_lab = ground_from(frame.forward.axis, frame.up.axis);
  if (options.belt_rise_rad != 0.0) {
    frame.ground_from_lab = rise.toRotationMatrix() * frame.ground_from_lab;
  }
  return frame;
}

std::string to_text(const GroundFrame& frame) {
  std::string text = fmt::format("{} is up ({}), {} is forward ({}); ", spoken(frame.up.axis),
                                 frame.up.by, to_text(frame.forward.axis), frame.forward.by);
  if (frame.treadmill) {
    text += std::isnan(frame.speed_m_s) ? "a treadmill"
                                        : fmt::format("a treadmill at {:.2f} m/s", frame.speed_m_s);
  } else if (frame.speed_m_s > 0.0) {
    text += fmt::format("overground at {:.2f} m/s", frame.speed_m_s);
  } else {
    text += "nobody travels";
  }
  if (frame.motion_by == "given") text += " (given)";
  if (frame.belt_rise_rad != 0.0) {
    text += fmt::format("; up is the normal of a belt that rises by {:.1f} %, turned to gravity",
                        100.0 * std::tan(frame.belt_rise_rad));
  }
  return text;
}

}  // namespace catena
