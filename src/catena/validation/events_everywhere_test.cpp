// Events in recordings of other laboratories and of the synthetic runner: runs and sprints over the
// ground, walks, and feet that are planted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/gait/strides.h"
#include "catena/recording/grf_file.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/validation/event_study.h"

namespace catena {
namespace {

using ::testing::HasSubstr;

EventTrial must_read(const std::string& file) {
  auto trial = read_event_trial(test_data() / file, file);
  EXPECT_TRUE(trial) << (trial ? "" : to_sentence(trial.error()));
  return trial ? std::move(*trial) : EventTrial{};
}

GaitEvents must_find(const EventTrial& trial) {
  auto found =
      gait_events({&trial.gait, &trial.points, &trial.body, &trial.plates, &trial.file_events});
  EXPECT_TRUE(found) << (found ? "" : to_sentence(found.error()));
  return found ? std::move(*found) : GaitEvents{};
}

GaitStrides strides_in(const EventTrial& trial) {
  const Eigen::VectorXd& time_s = trial.gait.time_s;
  return strides_of(must_find(trial), time_s(0), time_s(time_s.size() - 1));
}

/// Right and left in turn, each with contact and toe-off, without a hole.
void expect_steps_in_turn(const GaitEvents& events, const std::string& what) {
  const GaitEvent* contact = nullptr;
  for (const GaitEvent& event : events.events) {
    if (event.kind != GaitEventKind::kContact) continue;
    EXPECT_TRUE(contact == nullptr || contact->side != event.side) << what << ' ' << event.time_s;
    contact = &event;
  }
}

void expect_all(const GaitStrides& strides, Gait gait, std::size_t fewest,
                const std::string& what) {
  EXPECT_GE(strides.strides.size(), fewest) << what;
  for (const Stride& stride : strides.strides) {
    EXPECT_EQ(stride.gait, gait) << what << ' ' << stride.from_s;
  }
}

class EventsOfOtherLaboratories : public testing::Test {
 protected:
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  }
};

TEST_F(EventsOfOtherLaboratories, ARunnerFrom3To9MetresASecondHasAllHisSteps) {
  double contact_before_s = 1.0;
  for (const std::string speed : {"0350", "0500", "0700", "0900"}) {
    const EventTrial trial = must_read("dorn2012/run" + speed + "cms.trc");
    const GaitEvents events = must_find(trial);
    expect_steps_in_turn(events, speed);
    const GaitStrides strides = strides_in(trial);
    expect_all(strides, Gait::kRunning, 4, speed);
    // At the end of the track a stride of each foot is cut off, at its start one of some; it is
    // said.
    EXPECT_THAT(strides.n_incomplete, testing::Each(testing::AnyOf(1, 2))) << speed;
    ASSERT_FALSE(strides.notes.empty()) << speed;
    EXPECT_THAT(strides.notes[0], HasSubstr("not complete"));
    // The faster, the shorter on the ground: 0.25 s at 3.5 m/s, 0.11 s at 9 (Dorn et al. 2012).
    double sum_s = 0.0;
    for (const Stride& stride : strides.strides) sum_s += stride.toe_off_s - stride.from_s;
    const double contact_s = sum_s / static_cast<double>(strides.strides.size());
    EXPECT_LT(contact_s, contact_before_s) << speed;
    EXPECT_GT(contact_s, 0.10) << speed;
    EXPECT_LT(contact_s, 0.27) << speed;
    contact_before_s = contact_s;
  }
}

TEST_F(EventsOfOtherLaboratories, AStepOverAPlateIsWhereThePlateSaysWithin10Ms) {
  const EventTrial trial = must_read("qualisys/Running_0002.c3d");
  const auto plates = plate_events(trial.plates, trial.points, trial.body);
  ASSERT_TRUE(plates);
  const GaitEvents markers = marker_events(trial.gait);
  for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
    const EventErrors errors = compare_events(markers, *plates, kind);
    ASSERT_EQ(errors.error_s.size(), 1U);
    EXPECT_LE(std::abs(errors.error_s[0]), 0.010);
  }
  // No stride is whole.
  const GaitStrides strides = strides_in(trial);
  EXPECT_TRUE(strides.strides.empty());
  EXPECT_GE(strides.n_incomplete[0] + strides.n_incomplete[1], 1);
  ASSERT_FALSE(strides.notes.empty());
}

/// When the force on a foot passes 20 N, from a file of forces.
GaitEvents events_of_forces(const std::string& file) {
  GaitEvents out;
  const auto forces = read_grf(test_data() / file);
  EXPECT_TRUE(forces) << (forces ? "" : to_sentence(forces.error()));
  if (!forces) return out;
  for (const GroundForce& foot : forces->forces) {
    const Side side = foot.side == EventSide::kLeft ? kLeft : kRight;
    for (Eigen::Index i = 1; i < foot.force_n.rows(); ++i) {
      const double before_n = foot.force_n(i - 1, 1), after_n = foot.force_n(i, 1);
      const bool on = before_n < 20.0 && after_n >= 20.0;
      if (!on && !(before_n >= 20.0 && after_n < 20.0)) continue;
      const double part = (20.0 - before_n) / (after_n - before_n);
      const double time_s =
          forces->time_s(i - 1) + part * (forces->time_s(i) - forces->time_s(i - 1));
      out.events.push_back(
          {side, on ? GaitEventKind::kContact : GaitEventKind::kToeOff, time_s, 0.0, "forces"});
    }
  }
  return out;
}

// Its left step lies 20 ms later by the markers than by the forces, contact and toe-off alike.
TEST_F(EventsOfOtherLaboratories, AShortRunHasItsOneWholeStride) {
  const EventTrial trial = must_read("bmclab-run/motion_capture_run.trc");
  const GaitEvents found = must_find(trial);
  const GaitEvents truth = events_of_forces("bmclab-run/grf_run.mot");
  for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
    const EventErrors errors = compare_events(found, truth, kind);
    EXPECT_EQ(errors.missed, 0);
    EXPECT_EQ(errors.doubled, 0);
    EXPECT_LE(std::abs(errors.worst_s()), 0.025);
  }
  expect_all(strides_in(trial), Gait::kRunning, 1, "bmclab");
}

TEST_F(EventsOfOtherLaboratories, WalksAreWalks) {
  for (const std::string file :
       {"opensim-core/formats/walking2.c3d", "opensim-core/formats/walking5.c3d",
        "trc-samples/Gait.trc", "c3d-samples/sample10/type-2a.c3d"}) {
    const EventTrial trial = must_read(file);
    expect_steps_in_turn(must_find(trial), file);
    expect_all(strides_in(trial), Gait::kWalking, 2, file);
  }
}

// Walking biases rest on few events, these among them: what is asserted is order and a frame or
// two, not a calibration.
TEST_F(EventsOfOtherLaboratories, EventsOfWalksAreWithin25MsOfTheForces) {
  const std::map<std::string, std::string> walks = {
      {"arnold2013-synthetic/subject01/trials/walk2/markers.trc",
       "arnold2013-synthetic/subject01/trials/walk2/grf.mot"},
      {"arnold2013-synthetic/subject04/trials/walk2/markers.trc",
       "arnold2013-synthetic/subject04/trials/walk2/grf.mot"},
      {"opensim-core/IK/subject01_synthetic_marker_data.trc",
       "opensim-core/ID/subject01_walk1_grf.mot"}};
  for (const auto& [markers, forces] : walks) {
    const EventTrial trial = must_read(markers);
    const GaitEvents found = must_find(trial);
    GaitEvents truth = events_of_forces(forces);
    // What happens within 50 ms of an end is not seen by the markers.
    const double first_s = trial.gait.time_s(0) + 0.05;
    const double last_s = trial.gait.time_s(trial.gait.time_s.size() - 1) - 0.05;
    std::erase_if(truth.events, [&](const GaitEvent& event) {
      return event.time_s < first_s || event.time_s > last_s;
    });
    int n = 0;
    for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
      const EventErrors errors = compare_events(found, truth, kind);
      EXPECT_EQ(errors.missed, 0) << markers;
      EXPECT_EQ(errors.doubled, 0) << markers;
      EXPECT_LE(std::abs(errors.worst_s()), 0.025) << markers;
      n += static_cast<int>(errors.error_s.size());
    }
    EXPECT_GE(n, 3) << markers;
  }
}

/// Winter's walker: the right side in the plane, in cm: rib cage, hip, knee, fibula, ankle, heel,
/// fifth metatarsal, toe.
GaitPoints winters_walker() {
  const auto text = read_file(test_data() / "bmclab-run" / "WinterTableA1.txt");
  EXPECT_TRUE(text) << (text ? "" : to_sentence(text.error()));
  std::vector<std::array<double, 18>> rows;
  std::istringstream lines(text.value_or(""));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::array<double, 18> row{};
    if (!(words >> row[0])) continue;  // the two lines of names
    for (std::size_t k = 1; k < row.size(); ++k) words >> row.at(k);
    rows.push_back(row);
  }
  GaitPoints points;
  const auto n = static_cast<Eigen::Index>(rows.size());
  points.rate_hz = static_cast<double>(n - 1) / (rows.back()[1] - rows.front()[1]);
  points.time_s.resize(n);
  points.is_planar = true;
  const std::array<Eigen::MatrixX3d*, 4> paths = {&points.pelvis_m, &points.heel_m[kRight],
                                                  &points.ball_m[kRight], &points.toe_m[kRight]};
  constexpr std::array<std::size_t, 4> kColumns = {4, 12, 14, 16};
  for (Eigen::MatrixX3d* path : paths) path->setZero(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto& row = rows.at(static_cast<std::size_t>(i));
    points.time_s(i) = row[1];
    for (std::size_t k = 0; k < 4; ++k) {
      paths.at(k)->row(i) << 0.01 * row.at(kColumns.at(k)), 0.01 * row.at(kColumns.at(k) + 1), 0.0;
    }
  }
  return points;
}

// Winter 2009, table A.1: heel contact of the right foot in frames 28 and 97, toe-off in frame 70.
TEST_F(EventsOfOtherLaboratories, WintersWalkerWalksOnOneFootThatIsSeen) {
  const GaitPoints points = winters_walker();
  ASSERT_EQ(points.time_s.size(), 106);
  const GaitEvents found = marker_events(points);
  const GaitEvents truth = {{{kRight, GaitEventKind::kContact, 0.386, 0.0, ""},
                             {kRight, GaitEventKind::kToeOff, 0.987, 0.0, ""},
                             {kRight, GaitEventKind::kContact, 1.373, 0.0, ""}},
                            {}};
  for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
    const EventErrors errors = compare_events(found, truth, kind);
    EXPECT_EQ(errors.missed + errors.doubled, 0);
    EXPECT_LE(std::abs(errors.worst_s()), 0.030);  // two frames
  }
  expect_all(strides_of(found, 0.0, 1.5), Gait::kWalking, 1, "Winter");
}

// A walker's foot comes onto the plate over its edge: the plate sees it 80 ms late.
TEST_F(EventsOfOtherLaboratories, AContactOverAPlatesEdgeIsTheMarkers) {
  for (const std::string file :
       {"opensim-core/formats/walking2.c3d", "opensim-core/formats/walking5.c3d"}) {
    const GaitEvents found = must_find(must_read(file));
    const auto said = std::count_if(found.notes.begin(), found.notes.end(), [](const auto& note) {
      return note.find("over a plate's edge") != std::string::npos;
    });
    EXPECT_EQ(said, 1) << file;
    const auto n_plate =
        std::count_if(found.events.begin(), found.events.end(),
                      [](const GaitEvent& event) { return event.source == "force plate"; });
    EXPECT_EQ(n_plate, 3) << file;
  }
}

TEST_F(EventsOfOtherLaboratories, NobodyStepsInAStandingTrial) {
  for (const std::string file : {"dorn2012/static.trc", "fukuchi2017/RBDS014/RBDS014static.c3d"}) {
    const GaitEvents found = marker_events(must_read(file).gait);
    EXPECT_TRUE(found.events.empty()) << file;
    EXPECT_THAT(found.notes, testing::ElementsAre("The markers show no step.")) << file;
  }
}

/// Markers alone against what was planted, in the middle of each run.
void expect_planted(const RunnerOptions& options, std::size_t fewest) {
  const auto session = make_session(options);
  ASSERT_TRUE(session) << to_sentence(session.error());
  for (std::size_t r = 0; r < session->runs.size(); ++r) {
    Recording recording;
    recording.points = session->runs[r];
    const std::string& name = recording.points.name;
    const BodyPoints body = body_points(identify_labels(recording.points.labels));
    const auto frame = find_ground_frame(recording, body);
    ASSERT_TRUE(frame);
    const auto points = make_trajectories(recording.points, {.ground = *frame});
    ASSERT_TRUE(points);
    const auto gait = gait_points(*points, body, *frame);
    ASSERT_TRUE(gait) << to_sentence(gait.error());
    GaitEvents truth;
    const double last_s = gait->time_s(gait->time_s.size() - 1);
    for (const PlantedFootfall& foot : session->truth.footfalls) {
      if (foot.recording != static_cast<int>(r)) continue;
      const Side side = foot.side == 0 ? kRight : kLeft;
      for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
        const double at_s = kind == GaitEventKind::kContact ? foot.contact_s : foot.toe_off_s;
        if (at_s < 0.1 || at_s > last_s - 0.15) continue;
        truth.events.push_back({side, kind, at_s, 0.0, "planted"});
      }
    }
    const GaitEvents found = marker_events(*gait);
    for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
      const EventErrors errors = compare_events(found, truth, kind);
      EXPECT_EQ(errors.missed, 0) << options.treadmill << name;
      EXPECT_EQ(errors.doubled, 0) << options.treadmill << name;
      EXPECT_GE(errors.error_s.size(), fewest) << name;
      // No impact, no plate and another foot: order and number hold, the bias is its own.
      EXPECT_LE(std::abs(errors.bias_s()), 0.04) << name << static_cast<int>(kind);
    }
  }
}

TEST(EventsOfTheSyntheticRunner, AreThePlantedOnes) {
  for (const bool treadmill : {true, false}) {
    RunnerOptions options;
    options.treadmill = treadmill;
    options.speeds_m_s = {2.5, 3.5, 4.5};
    expect_planted(options, 15);
  }
}

TEST(EventsOfTheSyntheticRunner, AreThePlantedOnesWhileTheBeltBecomesFaster) {
  RunnerOptions options;
  options.ramp = SpeedRamp{2.0, 5.0, 60.0};
  expect_planted(options, 140);
}

}  // namespace
}  // namespace catena
