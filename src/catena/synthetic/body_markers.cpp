#include "catena/synthetic/body_markers.h"

#include <array>
#include <cmath>

#include "catena/model/built_in_body.h"

namespace catena {
namespace {

// How well a landmark is found by palpation, per axis (Della Croce et al. 1999).
constexpr double kPalpationError_m = 0.006;
// Cluster markers are put anywhere on their segment.
constexpr double kClusterSpread_m = 0.015;

/// Puts markers on one side of the body; z counts outwards, to the right on the right.
class Placer {
 public:
  Placer(std::vector<PlacedMarker>& markers, RandomStream stream, double scale)
      : markers_(markers), stream_(stream), scale_(scale) {}

  void put(const std::string& name, const std::string& body, const Eigen::Vector3d& place,
           double spread_m = kPalpationError_m) {
    const Eigen::Vector3d error(stream_.normal(), stream_.normal(), stream_.normal());
    markers_.push_back({name, body, place + scale_ * spread_m * error});
  }

 private:
  std::vector<PlacedMarker>& markers_;
  RandomStream stream_;
  double scale_;
};

Eigen::Vector3d on_side(std::size_t side, double x, double y, double outwards) {
  return {x, y, side == 0 ? outwards : -outwards};
}

const std::array<std::string, 2> kPrefix = {"R", "L"};    // NOLINT(cert-err58-cpp)
const std::array<std::string, 2> kSuffix = {"_r", "_l"};  // NOLINT(cert-err58-cpp)

void place_trunk(const BodyDimensions& d, Placer& placer) {
  const Eigen::Vector3d& s = d.shoulder_in_torso_m;
  placer.put("C7", "torso", {-0.085, s.y() + 0.085, 0.0});
  placer.put("T10", "torso", {-0.105, 0.52 * s.y(), 0.0});
  placer.put("MANU", "torso", {0.060, s.y() + 0.005, 0.0});
  placer.put("XIPH", "torso", {0.105, 0.57 * s.y(), 0.0});
  const double x = d.asis_width_m / 2.0;
  const double depth = d.pelvis_depth_m;
  const double back = -depth * std::cos(d.psis_drop_rad);
  const double up = depth * std::sin(d.psis_drop_rad);
  placer.put("SACR", "pelvis", {back - 0.012, up - 0.02, 0.0});
  for (std::size_t side = 0; side < 2; ++side) {
    placer.put(kPrefix.at(side) + "SHO", "torso", on_side(side, -0.010, s.y() + 0.050, s.z()));
    placer.put(kPrefix.at(side) + "ASI", "pelvis", on_side(side, 0.010, 0.0, x));
    placer.put(kPrefix.at(side) + "PSI", "pelvis", on_side(side, back - 0.010, up, 0.045));
  }
}

void place_leg(const BodyDimensions& d, std::size_t side, Placer& placer) {
  const std::string& p = kPrefix.at(side);
  const std::string femur = "femur" + kSuffix.at(side);
  const std::string tibia = "tibia" + kSuffix.at(side);
  const double thigh = d.thigh_length_m.at(side);
  const double shank = d.shank_length_m.at(side);
  placer.put(p + "TH1", femur, on_side(side, 0.050, -0.45 * thigh, 0.065), kClusterSpread_m);
  placer.put(p + "TH2", femur, on_side(side, -0.020, -0.50 * thigh, 0.080), kClusterSpread_m);
  placer.put(p + "TH3", femur, on_side(side, 0.050, -0.68 * thigh, 0.055), kClusterSpread_m);
  placer.put(p + "TH4", femur, on_side(side, -0.020, -0.72 * thigh, 0.070), kClusterSpread_m);
  placer.put(p + "KNL", femur, on_side(side, 0.0, -thigh, 0.055));
  placer.put(p + "KNM", femur, on_side(side, 0.0, -thigh, -0.050));
  placer.put(p + "SH1", tibia, on_side(side, 0.030, -0.40 * shank, 0.035), kClusterSpread_m);
  placer.put(p + "SH2", tibia, on_side(side, -0.030, -0.42 * shank, 0.045), kClusterSpread_m);
  placer.put(p + "SH3", tibia, on_side(side, 0.025, -0.62 * shank, 0.030), kClusterSpread_m);
  placer.put(p + "SH4", tibia, on_side(side, -0.025, -0.64 * shank, 0.040), kClusterSpread_m);
  placer.put(p + "ANL", tibia, on_side(side, -0.005, -shank, 0.038));
  placer.put(p + "ANM", tibia, on_side(side, 0.005, -shank + 0.008, -0.034));
}

void place_foot(const BodyDimensions& d, std::size_t side, Placer& placer) {
  const std::string& p = kPrefix.at(side);
  const std::string calcn = "calcn" + kSuffix.at(side);
  const double sole = -(d.ankle_height_m + calcaneus_from_ankle_m(d).y());
  const Eigen::Vector3d toes = toes_from_calcaneus_m(d);
  placer.put(p + "HEE", calcn, on_side(side, -0.015, sole + 0.035, 0.0));
  placer.put(p + "MT1", calcn, on_side(side, toes.x(), sole + 0.035, -0.035));
  placer.put(p + "MT5", calcn, on_side(side, toes.x() - 0.02, sole + 0.025, 0.050));
  placer.put(p + "TOE", "toes" + kSuffix.at(side), on_side(side, 0.040, 0.020, -0.010));
}

void place_arm(const BodyDimensions& d, std::size_t side, Placer& placer) {
  const std::string& p = kPrefix.at(side);
  placer.put(p + "ELB", "humerus" + kSuffix.at(side),
             on_side(side, -0.010, -d.upper_arm_length_m, 0.040));
  placer.put(p + "UPA", "humerus" + kSuffix.at(side),
             on_side(side, 0.010, -0.55 * d.upper_arm_length_m, 0.050), kClusterSpread_m);
  placer.put(p + "WRI", "ulna" + kSuffix.at(side), on_side(side, 0.0, -d.forearm_length_m, 0.030));
  placer.put(p + "FRA", "ulna" + kSuffix.at(side),
             on_side(side, 0.030, -0.5 * d.forearm_length_m, 0.010), kClusterSpread_m);
}

}  // namespace

std::vector<PlacedMarker> place_markers(const BodyDimensions& dimensions,
                                        const SyntheticBodyOptions& options) {
  std::vector<PlacedMarker> markers;
  const RandomStream stream = RandomStream(options.seed).child("marker places");
  // One stream a region, so that leaving out the arms moves no other marker.
  Placer trunk(markers, stream.child("trunk"), options.variation);
  place_trunk(dimensions, trunk);
  for (std::size_t side = 0; side < 2; ++side) {
    Placer leg(markers, stream.child("leg", side), options.variation);
    place_leg(dimensions, side, leg);
    Placer foot(markers, stream.child("foot", side), options.variation);
    if (options.feet) place_foot(dimensions, side, foot);
    Placer arm(markers, stream.child("arm", side), options.variation);
    if (options.arms) place_arm(dimensions, side, arm);
  }
  return markers;
}

std::vector<PlacedMarker> sole_points(const BodyDimensions& d,
                                      const SyntheticBodyOptions& options) {
  std::vector<PlacedMarker> points;
  const double sole = -(d.ankle_height_m + calcaneus_from_ankle_m(d).y());
  const Eigen::Vector3d toes = toes_from_calcaneus_m(d);
  for (std::size_t side = 0; side < 2; ++side) {
    const std::string& p = kPrefix.at(side);
    const std::string& s = kSuffix.at(side);
    if (!options.feet) {
      points.push_back(
          {p + "_ankle", "tibia" + s, {0.0, -d.shank_length_m.at(side) - d.ankle_height_m, 0.0}});
      continue;
    }
    points.push_back({p + "_heel", "calcn" + s, on_side(side, 0.01, sole, 0.0)});
    points.push_back({p + "_ball_inside", "calcn" + s, on_side(side, toes.x(), sole, -0.03)});
    points.push_back(
        {p + "_ball_outside", "calcn" + s, on_side(side, toes.x() - 0.02, sole, 0.04)});
    points.push_back({p + "_toe", "toes" + s,
                      on_side(side, 0.28 * d.foot_length_m - 0.01, sole - toes.y(), 0.0)});
  }
  return points;
}

}  // namespace catena
