#include "catena/gait/foot_forces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "catena/core/test_data.h"
#include "catena/recording/c3d.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double points_rate_hz = 150.0, plate_rate_hz = 300.0;
constexpr double step_s = 0.36, contact_s = 0.24, body_n = 700.0;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Where a foot is, and how hard it presses, at a time: right steps are the even ones.
struct Foot {
  double z_m;
  int first_step;
};
constexpr Foot right_foot = {0.1, 0}, left_foot = {-0.1, 1};

bool on_ground(const Foot& foot, double time_s, double* since_s) {
  for (int step = foot.first_step; step * step_s <= time_s; step += 2) {
    *since_s = time_s - 0.1 - step * step_s;
    if (*since_s >= 0.0 && *since_s < contact_s) return true;
  }
  return false;
}

Eigen::Vector3d heel_m(const Foot& foot, double time_s) {
  double since_s = 0.0;
  if (on_ground(foot, time_s, &since_s)) return {0.3 - 3.0 * since_s, 0.03, foot.z_m};
  return {-0.3, 0.4, foot.z_m};  // behind and above
}

Eigen::Vector3d force_n(const Foot& foot, double time_s) {
  double since_s = 0.0;
  if (!on_ground(foot, time_s, &since_s)) return Eigen::Vector3d::Zero();
  const double phase = std::numbers::pi * since_s / contact_s;
  return {-100.0 * std::sin(2 * phase), 2.4 * body_n * std::sin(phase), 20.0};
}

constexpr double duration_s = 3.8;  // ends within the eleventh step

// A runner on a belt; samples of the plate swing by 30 N while it is unloaded.
PlateForces belt(bool with_right = true, bool with_left = true) {
  PlateForces plate;
  plate.rate_hz = plate_rate_hz;
  plate.up = Eigen::Vector3d::UnitY();
  plate.corners_m << 1, 1, -1, -1, 0, 0, 0, 0, -0.3, 0.3, 0.3, -0.3;
  const auto n = static_cast<Eigen::Index>(duration_s * plate_rate_hz);
  plate.force_n.setZero(n, 3);
  plate.cop_m.setZero(n, 3);
  plate.free_moment_nm.setZero(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double time_s = static_cast<double>(i) / plate_rate_hz;
    for (const Foot& foot : {right_foot, left_foot}) {
      if (foot.z_m > 0 ? !with_right : !with_left) continue;
      const Eigen::Vector3d f = force_n(foot, time_s);
      if (f.y() <= 0.0) continue;
      plate.force_n.row(i) = f;
      plate.cop_m.row(i) = heel_m(foot, time_s) + Eigen::Vector3d(0.1, -0.03, 0.0);
      plate.free_moment_nm(i, 1) = foot.z_m > 0 ? 3.0 : -3.0;
    }
    if (plate.force_n(i, 1) == 0.0)
      plate.force_n(i, 1) = 30.0 * std::sin(0.9 * static_cast<double>(i));
  }
  return plate;
}

// Points: heel and toe of the right foot, of the left foot, and a pelvis.
Trajectories runner() {
  Trajectories points;
  points.name = "run";
  points.rate_hz = points_rate_hz;
  points.labels = {"RHEE", "RTOE", "LHEE", "LTOE", "SACR"};
  const auto n = static_cast<Eigen::Index>(duration_s * points_rate_hz);
  points.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / points_rate_hz);
  points.points_m.resize(n, 15);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::Vector3d right = heel_m(right_foot, points.time_s[i]);
    const Eigen::Vector3d left = heel_m(left_foot, points.time_s[i]);
    const Eigen::Vector3d toe(0.22, 0.0, 0.0);
    points.points_m.row(i) << right.transpose(), (right + toe).transpose(), left.transpose(),
        (left + toe).transpose(), 0.0, 1.0, 0.0;
  }
  return points;
}

BodyPoints feet() {
  BodyPoints body;
  body.feet = {std::vector<Eigen::Index>{0, 1}, std::vector<Eigen::Index>{2, 3}};
  return body;
}

FootForces must_find(const std::vector<PlateForces>& plates, const Trajectories& points,
                     const BodyPoints& body = feet()) {
  auto result = foot_forces(plates, points, body);
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : FootForces{};
}

void expect_alternating_from_right(const std::vector<Contact>& contacts) {
  ASSERT_EQ(contacts.size(), 11U);
  for (std::size_t k = 0; k < contacts.size(); ++k) {
    EXPECT_EQ(contacts[k].side, k % 2 == 0 ? EventSide::kRight : EventSide::kLeft) << k;
    // The force crosses 50 N of 1680 N some 2 ms late, and goes as much early.
    const double begins_s = 0.1 + static_cast<double>(k) * step_s;
    EXPECT_NEAR(contacts[k].from_s, begins_s + 0.002, 0.002) << k;
    EXPECT_EQ(contacts[k].whole, k < 10) << k;
    if (k == 10) continue;
    EXPECT_NEAR(contacts[k].to_s, begins_s + contact_s - 0.002, 0.003) << k;
  }
}

TEST(FootForces, RunningOnABeltIsRightAndLeftInTurn) {
  const PlateForces plate = belt();
  const FootForces found = must_find({plate}, runner());
  expect_alternating_from_right(found.contacts);
  EXPECT_THAT(found.notes, IsEmpty());
  ASSERT_EQ(found.forces.forces.size(), 2U);
  const GroundForce &right = found.forces.forces[0], &left = found.forces.forces[1];
  EXPECT_EQ(right.name, "r");
  EXPECT_EQ(left.name, "l");
  for (Eigen::Index i = 0; i < plate.force_n.rows(); ++i) {
    // One foot has all of it, or nobody has the plate's swinging.
    const bool loaded = plate.force_n(i, 1) > 50.0;
    const Eigen::RowVector3d sum = right.force_n.row(i) + left.force_n.row(i);
    EXPECT_EQ(sum, loaded ? Eigen::RowVector3d(plate.force_n.row(i)) : Eigen::RowVector3d(0, 0, 0));
    const bool is_right = right.force_n(i, 1) > 0.0;
    const GroundForce &on = is_right ? right : left, &off = is_right ? left : right;
    EXPECT_TRUE(off.force_n.row(i).isZero(0.0) && off.free_moment_nm.row(i).isZero(0.0));
    EXPECT_TRUE(off.cop_m.row(i).isZero(0.0));  // the plate's middle
    if (!loaded) continue;
    EXPECT_LT((on.cop_m.row(i) - plate.cop_m.row(i)).norm(), 1e-12);
    EXPECT_NEAR(on.free_moment_nm(i, 1), is_right ? 3.0 : -3.0, 1e-9);
  }
}

TEST(FootForces, MarkersExchangedExchangeTheFeet) {
  BodyPoints other;
  other.feet = {feet().feet[1], feet().feet[0]};
  const FootForces found = must_find({belt()}, runner(), other);
  ASSERT_EQ(found.contacts.size(), 11U);
  EXPECT_EQ(found.contacts[0].side, EventSide::kLeft);
}

TEST(FootForces, LostMarkersOfTheOtherFootDoNotMatterThoseOfThisFootDo) {
  Trajectories points = runner();
  points.points_m.middleCols(6, 6).topRows(120).setConstant(nan);  // left, until 0.8 s
  points.points_m.middleCols(0, 3).setConstant(nan);               // the right heel
  const FootForces found = must_find({belt()}, points);
  ASSERT_EQ(found.contacts.size(), 11U);
  EXPECT_EQ(found.contacts[0].side, EventSide::kRight);
  EXPECT_EQ(found.contacts[1].side, EventSide::kGeneral);  // the left foot is lost, and not guessed
  EXPECT_EQ(found.contacts[2].side, EventSide::kRight);
  EXPECT_EQ(found.contacts[3].side, EventSide::kLeft);
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("In 1 contact (0.2 of 3.8 s)")));
}

TEST(FootForces, StandingOnOnePlateIsNotToldApart) {
  PlateForces plate = belt();
  Trajectories points = runner();
  plate.force_n.rowwise() = Eigen::RowVector3d(0, body_n, 0);
  plate.cop_m.setZero();
  for (Eigen::Index i = 0; i < points.points_m.rows(); ++i) {
    points.points_m.row(i) << -0.1, 0.03, 0.1, 0.12, 0.03, 0.1, -0.1, 0.03, -0.1, 0.12, 0.03, -0.1,
        0, 1, 0;
  }
  const FootForces found = must_find({plate}, points);
  ASSERT_EQ(found.contacts.size(), 1U);
  EXPECT_EQ(found.contacts[0].side, EventSide::kGeneral);
  EXPECT_FALSE(found.contacts[0].whole);
  EXPECT_TRUE(found.forces.forces[0].force_n.isZero(0.0));
  EXPECT_TRUE(found.forces.forces[1].force_n.isZero(0.0));
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("both are on one plate")));
}

TEST(FootForces, WalkingOnOneBeltIsNotToldApart) {
  // The belt is never free: steps of 0.36 s, each foot down for 0.46 s.
  PlateForces plate = belt();
  for (Eigen::Index i = 0; i < plate.force_n.rows(); ++i) {
    if (plate.force_n(i, 1) < 400.0) plate.force_n(i, 1) = 400.0;
  }
  const FootForces found = must_find({plate}, runner());
  ASSERT_EQ(found.contacts.size(), 1U);
  EXPECT_EQ(found.contacts[0].side, EventSide::kGeneral);
}

TEST(FootForces, TwoBeltsTellTheFeetApartInWalkingToo) {
  // Each foot has its belt, and both press at a time for a while.
  const PlateForces right = belt(true, false);
  PlateForces left = belt(false, true);
  const Eigen::Index shift = 40;
  left.force_n.topRows(left.force_n.rows() - shift) =
      left.force_n.bottomRows(left.force_n.rows() - shift).eval();
  left.cop_m.rowwise() = Eigen::RowVector3d(0.1, 0.0, -0.1);
  Trajectories points = runner();
  for (Eigen::Index i = 0; i < points.points_m.rows(); ++i) {
    points.points_m.row(i).segment<6>(6) << 0.0, 0.03, -0.1, 0.22, 0.03, -0.1;
  }
  const FootForces found = must_find({right, left}, points);
  int n_right = 0, n_left = 0;
  for (const Contact& contact : found.contacts) {
    n_right += contact.side == EventSide::kRight ? 1 : 0;
    n_left += contact.side == EventSide::kLeft ? 1 : 0;
  }
  EXPECT_EQ(n_right, 6);
  EXPECT_EQ(n_left, 5);
  EXPECT_THAT(found.notes, IsEmpty());
  EXPECT_EQ(found.forces.forces[0].force_n.col(1).maxCoeff(), right.force_n.col(1).maxCoeff());
}

TEST(FootForces, AFootAcrossTwoPlatesIsOneForceWithTheSameMoments) {
  const PlateForces whole = belt();
  PlateForces front = whole, back = whole;
  for (Eigen::Index i = 0; i < whole.force_n.rows(); ++i) {
    if (whole.force_n(i, 1) <= 50.0) continue;
    front.force_n.row(i) = 0.7 * whole.force_n.row(i);
    back.force_n.row(i) = 0.3 * whole.force_n.row(i);
    // Around the whole's centre of pressure, so that the weighed mean is it.
    front.cop_m.row(i) += Eigen::RowVector3d(0.03, 0.0, -0.006);
    back.cop_m.row(i) -= Eigen::RowVector3d(0.07, 0.0, -0.014);
    front.free_moment_nm.row(i) *= 0.5;
    back.free_moment_nm.row(i) *= 0.5;
  }
  const FootForces found = must_find({front, back}, runner());
  expect_alternating_from_right(found.contacts);
  for (Eigen::Index i = 0; i < whole.force_n.rows(); ++i) {
    if (back.force_n(i, 1) <= 50.0 || front.force_n(i, 1) <= 50.0) continue;
    const bool is_right = found.forces.forces[0].force_n(i, 1) > 0.0;
    const GroundForce& foot = found.forces.forces[is_right ? 0 : 1];
    EXPECT_LT((foot.force_n.row(i) - whole.force_n.row(i)).norm(), 1e-9);
    EXPECT_LT((foot.cop_m.row(i) - whole.cop_m.row(i)).norm(), 1e-12);
    // Moments about the laboratory's origin are those of the two plates.
    const auto moment = [&](const auto& of) {
      const Eigen::Vector3d f = of.force_n.row(i), p = of.cop_m.row(i),
                            t = of.free_moment_nm.row(i);
      return Eigen::Vector3d(p.cross(f) + t);
    };
    EXPECT_LT((moment(foot) - moment(front) - moment(back)).norm(), 1e-9);
    EXPECT_NEAR(foot.free_moment_nm(i, 0), 0.0, 1e-9);
    EXPECT_NEAR(foot.free_moment_nm(i, 2), 0.0, 1e-9);
  }
}

TEST(FootForces, APlateThatSwingsIsNotSteppedOn) {
  PlateForces plate = belt(false, false);
  plate.force_n.col(1) *= 3.0;  // up to 90 N
  const FootForces found = must_find({plate}, runner());
  EXPECT_THAT(found.contacts, IsEmpty());
  EXPECT_THAT(found.notes, ElementsAre("Nobody steps on a force plate."));
}

TEST(FootForces, LostSamplesAreNoForce) {
  PlateForces plate = belt();
  plate.force_n.row(60).setConstant(nan);
  const FootForces found = must_find({plate}, runner());
  expect_alternating_from_right(found.contacts);
  EXPECT_TRUE(found.forces.forces[0].force_n.allFinite());
}

TEST(FootForces, WithoutPlatesOrFeetThereIsOneSentence) {
  auto result = foot_forces({PlateForces{}}, runner(), feet());
  ASSERT_FALSE(result);
  EXPECT_THAT(to_sentence(result.error()), HasSubstr("no force plate that could be used"));
  result = foot_forces({belt()}, runner(), BodyPoints{});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kMissingData);
  PlateForces slow = belt();
  slow.rate_hz = 100.0;
  result = foot_forces({belt(), slow}, runner(), feet());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kMismatch);
}

// Points of the feet by what their labels begin with.
BodyPoints feet_named(const Trajectories& points, const std::vector<std::string>& right,
                      const std::vector<std::string>& left) {
  BodyPoints body;
  for (std::size_t k = 0; k < points.labels.size(); ++k) {
    const auto begins = [&](const std::string& word) { return points.labels[k].starts_with(word); };
    if (std::any_of(right.begin(), right.end(), begins)) {
      body.feet[0].push_back(static_cast<Eigen::Index>(k));
    } else if (std::any_of(left.begin(), left.end(), begins)) {
      body.feet[1].push_back(static_cast<Eigen::Index>(k));
    }
  }
  return body;
}

// How often a point swings from behind its mean place to before it, and back.
int swings(const Trajectories& points, Eigen::Index point) {
  const Eigen::VectorXd x_m = points.points_m.col(3 * point);
  double sum_m = 0.0, n_seen = 0.0;
  for (const double x : x_m) {
    if (std::isnan(x)) continue;
    sum_m += x;
    n_seen += 1.0;
  }
  const double mean_m = sum_m / n_seen;
  int n = 0;
  bool before = false;
  for (const double x : x_m) {
    if (!before && x > mean_m + 0.1) ++n;
    before = before ? !(x < mean_m - 0.1) : x > mean_m + 0.1;
  }
  return n;
}

// Median distance from where a foot presses hard to the middle of its markers, along the belt.
double cop_from_foot_m(const GroundForce& foot, const Eigen::VectorXd& time_s,
                       const Trajectories& points, const std::vector<Eigen::Index>& of) {
  std::vector<double> distances_m;
  for (Eigen::Index frame = 0; frame < points.time_s.size(); ++frame) {
    const auto at =
        static_cast<Eigen::Index>(std::lround((points.time_s[frame] - time_s[0]) * plate_rate_hz));
    if (at >= foot.force_n.rows() || foot.force_n(at, 1) < 500.0) continue;
    Eigen::Vector3d middle_m = Eigen::Vector3d::Zero();
    for (const Eigen::Index point : of) {
      middle_m += points.points_m.row(frame).segment<3>(3 * point).transpose();
    }
    middle_m /= static_cast<double>(of.size());
    const Eigen::Vector3d away_m = foot.cop_m.row(at).transpose() - middle_m;
    if (away_m.allFinite()) distances_m.push_back(std::hypot(away_m.x(), away_m.z()));
  }
  EXPECT_GT(distances_m.size(), 100U);
  std::nth_element(distances_m.begin(), distances_m.begin() + distances_m.size() / 2,
                   distances_m.end());
  return distances_m[distances_m.size() / 2];
}

TEST(FootForces, FukuchisRunnersStepRightAndLeftInTurn) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const std::string runner : {"RBDS014", "RBDS015", "RBDS020", "RBDS028"}) {
    double cadence_before = 0.0, contact_before_s = 1.0;
    for (const std::string speed : {"25", "35", "45"}) {
      const auto file =
          read_c3d(data / "fukuchi2017" / runner / (runner + "runT" + speed + ".c3d"));
      ASSERT_TRUE(file) << to_sentence(file.error());
      const auto points = make_trajectories(file->recording.points);  // y is up
      ASSERT_TRUE(points);
      const RecordedForces forces = recorded_forces(file->recording);
      const BodyPoints body = feet_named(*points, {"R.Heel", "R.MT"}, {"L.Heel", "L.MT"});
      ASSERT_GE(std::min(body.feet[0].size(), body.feet[1].size()), 3U);
      const FootForces found = must_find(forces.plates, *points, body);
      const std::string trial = runner + " " + speed;
      // Every contact has its foot, and they take turns.
      double contact_sum_s = 0.0, n_whole = 0.0;
      for (std::size_t k = 0; k < found.contacts.size(); ++k) {
        const Contact& contact = found.contacts[k];
        EXPECT_NE(contact.side, EventSide::kGeneral) << trial << ' ' << contact.from_s;
        EXPECT_TRUE(k == 0 || contact.side != found.contacts[k - 1].side)
            << trial << ' ' << contact.from_s;
        if (!contact.whole) continue;
        EXPECT_GT(contact.to_s - contact.from_s, 0.12) << trial << ' ' << contact.from_s;
        EXPECT_LT(contact.to_s - contact.from_s, 0.45) << trial << ' ' << contact.from_s;
        contact_sum_s += contact.to_s - contact.from_s;
        n_whole += 1.0;
      }
      // Each step of a foot is one swing of its heel.
      for (std::size_t side = 0; side < 2; ++side) {
        const auto of_side = side == 0 ? EventSide::kRight : EventSide::kLeft;
        const auto n_steps = std::count_if(found.contacts.begin(), found.contacts.end(),
                                           [&](const Contact& c) { return c.side == of_side; });
        EXPECT_NEAR(static_cast<double>(n_steps), swings(*points, body.feet[side][0]), 1.0)
            << trial;
        const GroundForce& foot = found.forces.forces[side];
        const double away_m = cop_from_foot_m(foot, found.forces.time_s, *points, body.feet[side]);
        EXPECT_LT(away_m, 0.15) << trial;
      }
      // 140 to 230 steps a minute; faster means more of them, and shorter ones.
      const double cadence = 60.0 * static_cast<double>(found.contacts.size() - 1) /
                             (found.contacts.back().from_s - found.contacts.front().from_s);
      EXPECT_GT(cadence, std::max(140.0, cadence_before - 2.0)) << trial;
      EXPECT_LT(cadence, 230.0) << trial;
      EXPECT_LT(contact_sum_s / n_whole, contact_before_s) << trial;
      cadence_before = cadence;
      contact_before_s = contact_sum_s / n_whole;
      // Nearly all of the weight is on a foot, and each foot bears half of it.
      const double total_n = mean_vertical_force_n(forces.plates[0]);
      const double right_n = found.forces.forces[0].force_n.col(1).mean();
      const double left_n = found.forces.forces[1].force_n.col(1).mean();
      EXPECT_NEAR((right_n + left_n) / total_n, 1.0, 0.01) << trial;
      EXPECT_NEAR(right_n / total_n, 0.5, 0.03) << trial;
    }
  }
}

TEST(FootForces, ARunnerOnAPlateInTheFloorStepsOnItOnce) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto file = read_c3d(data / "qualisys" / "Running_0002.c3d");
  ASSERT_TRUE(file) << to_sentence(file.error());
  const auto frame = find_ground_frame(file->recording);
  ASSERT_TRUE(frame) << to_sentence(frame.error());
  TrajectoryOptions options;
  options.ground = *frame;
  const auto points = make_trajectories(file->recording.points, options);
  ASSERT_TRUE(points);
  const RecordedForces forces = turned(recorded_forces(file->recording), frame->ground_from_lab);
  const BodyPoints body =
      feet_named(*points, {"RHeel", "RCalc", "RMT", "RPHAL"}, {"LHeel", "LCalc", "LMT", "LPHAL"});
  const FootForces found = must_find(forces.plates, *points, body);
  ASSERT_EQ(found.contacts.size(), 1U);
  EXPECT_NE(found.contacts[0].side, EventSide::kGeneral);
  EXPECT_GT(found.contacts[0].from_s, 2.2);  // the clock of frame 443
  EXPECT_NEAR(found.contacts[0].to_s - found.contacts[0].from_s, 0.25, 0.05);
  const std::size_t side = found.contacts[0].side == EventSide::kRight ? 0 : 1;
  EXPECT_GT(found.forces.forces[side].force_n.col(1).maxCoeff(), 1000.0);
  EXPECT_TRUE(found.forces.forces[1 - side].force_n.isZero(0.0));
}

}  // namespace
}  // namespace catena
