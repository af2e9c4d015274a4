// Contact and toe-off from markers against a treadmill's plate at 20 N: four runners of the public
// collection of Fukuchi et al. 2017 (PeerJ 5:e3298) at three speeds, 30 s each.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "catena/core/test_data.h"
#include "catena/gait/strides.h"
#include "catena/validation/event_study.h"

namespace catena {
namespace {

constexpr std::array<const char*, 4> kRunners = {"RBDS014", "RBDS015", "RBDS020", "RBDS028"};
constexpr std::array<const char*, 3> kSpeeds = {"25", "35", "45"};  // 0.1 m/s
constexpr std::array<GaitEventKind, 2> kKinds = {GaitEventKind::kContact, GaitEventKind::kToeOff};
constexpr std::array<const char*, 2> kKindNames = {"contact", "toe_off"};

std::string ms(double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", 1e3 * seconds);
  return text.data();
}

/// All trials are read once.
class EventsOfFukuchisRunners : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (test_data().empty()) return;
    for (const std::string runner : kRunners) {
      for (const std::string speed : kSpeeds) {
        const auto trial = read_event_trial(
            test_data() / "fukuchi2017" / runner / (runner + "runT" + speed + ".c3d"), runner);
        ASSERT_TRUE(trial) << to_sentence(trial.error());
        const auto truth = plate_events(trial->plates, trial->points, trial->body);
        ASSERT_TRUE(truth) << to_sentence(truth.error());
        trials_.push_back(*trial);
        truths_.push_back(*truth);
      }
    }
  }
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
    ASSERT_EQ(trials_.size(), 12U);
  }

  /// By kind, over all trials; of each trial what its runner's options say.
  static std::array<EventErrors, 2> errors_of(
      const std::map<std::string, MarkerEventOptions>& options) {
    std::array<EventErrors, 2> out;
    for (std::size_t kind = 0; kind < 2; ++kind) {
      std::vector<EventErrors> all;
      for (std::size_t k = 0; k < trials_.size(); ++k) {
        const GaitEvents found = marker_events(trials_[k].gait, options.at(trials_[k].runner));
        all.push_back(compare_events(found, truths_[k], kKinds.at(kind)));
      }
      out.at(kind) = pooled(all);
    }
    return out;
  }

  static void record(const std::string& what, const std::array<EventErrors, 2>& errors) {
    for (std::size_t kind = 0; kind < 2; ++kind) {
      const EventErrors& e = errors.at(kind);
      const std::string name = what + "_" + kKindNames.at(kind);
      RecordProperty(name + "_ms", ms(e.bias_s()) + " +- " + ms(e.scatter_s()) + ", worst " +
                                       ms(e.worst_s()) + " of " + std::to_string(e.error_s.size()));
      RecordProperty(name + "_covered", std::to_string(e.covered_90()));
    }
  }

  static void expect_within_limits(const std::array<EventErrors, 2>& errors) {
    for (const EventErrors& e : errors) {
      EXPECT_LE(std::abs(e.bias_s()), 0.005);
      EXPECT_LE(e.bias_s() + 1.96 * e.scatter_s(), 0.015);
      EXPECT_GE(e.bias_s() - 1.96 * e.scatter_s(), -0.015);
    }
  }

  static inline std::vector<EventTrial> trials_;
  static inline std::vector<GaitEvents> truths_;
};

TEST_F(EventsOfFukuchisRunners, AreNeitherMissedNorDoubled) {
  for (std::size_t k = 0; k < trials_.size(); ++k) {
    const GaitEvents found = marker_events(trials_[k].gait);
    for (const GaitEventKind kind : kKinds) {
      const EventErrors errors = compare_events(found, truths_[k], kind);
      EXPECT_EQ(errors.missed, 0) << trials_[k].name;
      EXPECT_EQ(errors.doubled, 0) << trials_[k].name;
      EXPECT_GE(errors.error_s.size(), 74U) << trials_[k].name;
      EXPECT_LE(std::abs(errors.bias_s()), 0.007) << trials_[k].name;  // of one trial
    }
    // Four events a stride, in order, and nothing else.
    const Eigen::VectorXd& time_s = trials_[k].gait.time_s;
    const GaitStrides strides = strides_of(found, time_s(0), time_s(time_s.size() - 1));
    EXPECT_LE(strides.n_incomplete[kRight] + strides.n_incomplete[kLeft], 4) << trials_[k].name;
    for (const Stride& stride : strides.strides) {
      EXPECT_EQ(stride.gait, Gait::kRunning) << trials_[k].name << ' ' << stride.from_s;
    }
  }
}

TEST_F(EventsOfFukuchisRunners, AreWithin5MsOnTheMeanAnd15MsEach) {
  std::map<std::string, MarkerEventOptions> as_given;
  for (const std::string runner : kRunners) as_given[runner] = {};
  const auto errors = errors_of(as_given);
  record("all", errors);
  expect_within_limits(errors);
  for (const EventErrors& e : errors) {
    EXPECT_GE(e.covered_90(), 0.85);
    EXPECT_LE(e.covered_90(), 0.95);
  }
}

// What the methods are late by is learned from three of the runners and used on the fourth.
TEST_F(EventsOfFukuchisRunners, AreNoWorseForARunnerWhoWasNotCalibratedOn) {
  std::map<std::string, MarkerEventOptions> options;
  for (const std::string left_out : kRunners) {
    std::vector<EventTrial> others;
    for (const EventTrial& trial : trials_) {
      if (trial.runner != left_out) others.push_back(trial);
    }
    options[left_out].errors = learn_lateness(others);
  }
  const auto errors = errors_of(options);
  record("left_out", errors);
  expect_within_limits(errors);
  for (const EventErrors& e : errors) {
    EXPECT_EQ(e.missed + e.doubled, 0);
    EXPECT_GE(e.covered_90(), 0.85);
  }
}

// The table of docs/methods/events.md.
TEST_F(EventsOfFukuchisRunners, EachMethodAloneErrsAsTheTableSays) {
  const MethodErrors measured = measured_errors();
  for (std::size_t method = 0; method < kContactMethods + kToeOffMethods; ++method) {
    std::vector<double> late_s;
    double within = 0.0;
    for (const EventTrial& trial : trials_) {
      const MethodOnTrial on = methods_on_trial(trial).at(method);
      ASSERT_GE(on.n, 30) << trial.name;
      late_s.push_back(on.late_s);
      within += on.scatter_s * on.scatter_s / 12.0;
    }
    double mean_s = 0.0, between = 0.0;
    for (const double late : late_s) mean_s += late / 12.0;
    for (const double late : late_s) between += (late - mean_s) * (late - mean_s) / 11.0;
    const bool contact = method < kContactMethods;
    const MethodError& error = contact ? measured.running_contact.at(method)
                                       : measured.running_toe_off.at(method - kContactMethods);
    const std::string name =
        contact ? kContactMethodNames.at(method) : kToeOffMethodNames.at(method - kContactMethods);
    RecordProperty(name, ms(mean_s) + " +- " + ms(std::sqrt(between)) + " between trials, " +
                             ms(std::sqrt(within)) + " within");
    if (std::isnan(error.sd_s)) continue;  // not used
    EXPECT_LE(std::abs(mean_s - error.late_s), error.sd_s) << name;
    EXPECT_LE(std::sqrt(between + within), 1.2 * error.sd_s) << name;
  }
}

/// Every n-th frame.
GaitPoints thinned(const GaitPoints& points, Eigen::Index every) {
  GaitPoints out = points;
  out.rate_hz = points.rate_hz / static_cast<double>(every);
  const auto rows = Eigen::seq(Eigen::Index{0}, points.time_s.size() - 1, every);
  out.time_s = points.time_s(rows);
  const auto thin = [&](Eigen::MatrixX3d& path) {
    if (path.rows() > 0) path = path(rows, Eigen::all).eval();
  };
  for (std::size_t side = 0; side < 2; ++side) {
    for (auto* paths : {&out.heel_m, &out.toe_m, &out.ball_m, &out.hip_m}) thin(paths->at(side));
  }
  thin(out.pelvis_m);
  return out;
}

TEST_F(EventsOfFukuchisRunners, HoldAt30FramesASecond) {
  std::array<std::vector<EventErrors>, 2> all;
  for (std::size_t k = 0; k < trials_.size(); ++k) {
    const GaitEvents found = marker_events(thinned(trials_[k].gait, 5));
    for (std::size_t kind = 0; kind < 2; ++kind) {
      all.at(kind).push_back(compare_events(found, truths_[k], kKinds.at(kind)));
    }
  }
  const std::array<EventErrors, 2> errors = {pooled(all[0]), pooled(all[1])};
  record("30_hz", errors);
  expect_within_limits(errors);
  for (const EventErrors& e : errors) {
    EXPECT_LE(e.missed, 2);  // within a frame of an end
    EXPECT_EQ(e.doubled, 0);
    EXPECT_GE(e.covered_90(), 0.85);
  }
}

TEST_F(EventsOfFukuchisRunners, HoldWithoutAPelvis) {
  std::array<std::vector<EventErrors>, 2> all;
  for (std::size_t k = 0; k < trials_.size(); ++k) {
    GaitPoints points = trials_[k].gait;
    points.pelvis_m.resize(0, 3);
    const GaitEvents found = marker_events(points);
    for (std::size_t kind = 0; kind < 2; ++kind) {
      all.at(kind).push_back(compare_events(found, truths_[k], kKinds.at(kind)));
    }
  }
  const std::array<EventErrors, 2> errors = {pooled(all[0]), pooled(all[1])};
  record("no_pelvis", errors);
  expect_within_limits(errors);
  for (const EventErrors& e : errors) EXPECT_EQ(e.missed + e.doubled, 0);
}

TEST_F(EventsOfFukuchisRunners, ComeFromThePlateWhereThereIsOne) {
  for (std::size_t k = 0; k < trials_.size(); ++k) {
    const EventTrial& trial = trials_[k];
    const auto found = gait_events({&trial.gait, &trial.points, &trial.body, &trial.plates, {}});
    ASSERT_TRUE(found) << to_sentence(found.error());
    int n_markers = 0;
    for (const GaitEvent& event : found->events) n_markers += event.source == "markers" ? 1 : 0;
    EXPECT_LE(n_markers, 2) << trial.name;  // where a stance is cut by an end of the plate's signal
    for (const GaitEventKind kind : kKinds) {
      const EventErrors errors = compare_events(*found, truths_[k], kind);
      EXPECT_EQ(errors.missed + errors.doubled, 0) << trial.name;
      EXPECT_EQ(errors.worst_s(), 0.0) << trial.name;
    }
  }
}

}  // namespace
}  // namespace catena
