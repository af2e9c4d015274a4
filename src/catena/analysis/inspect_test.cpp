#include "catena/analysis/inspect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "catena/core/test_data.h"
#include "catena/core/test_folder.h"
#include "catena/model/osim_writer.h"
#include "catena/recording/c3d.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"

namespace catena {
namespace fs = std::filesystem;
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const SyntheticSession& runner() {
  static const SyntheticSession session = [] {
    RunnerOptions options;
    options.speeds_m_s = {3.5};
    options.strides = 3;
    auto made = make_session(options);
    EXPECT_TRUE(made);
    return *made;
  }();
  return session;
}

Recording running() {
  Recording recording;
  recording.format = "TRC";
  recording.points = runner().runs[0];
  return recording;
}

class InspectFile : public testing::Test {
 protected:
  fs::path put(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  Inspection look(const std::string& name, const std::string& bytes) {
    auto found = inspect_file(put(name, bytes));
    EXPECT_TRUE(found) << to_sentence(found.error());
    return found ? *found : Inspection{};
  }
  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

TEST(Inspect, SaysWhatARunCanAnswer) {
  const Inspection found = inspect(running());
  EXPECT_EQ(found.kind, FileKind::kRecording);
  EXPECT_THAT(found.marker_set.name, HasSubstr("Catena"));
  EXPECT_EQ(found.axes.up, "+y");
  EXPECT_TRUE(found.axes.treadmill);
  EXPECT_THAT(found.can, Contains(HasSubstr("hip, low back, lean")));
  EXPECT_THAT(found.cannot, Contains(HasSubstr("three speeds")));
  EXPECT_THAT(found.problems, IsEmpty());
  EXPECT_NEAR(found.quality.noise_m, 0.0005, 0.0001);  // as planted
}

TEST(Inspect, KnowsAStandingTrial) {
  Recording standing;
  standing.points = runner().standing;
  const Inspection found = inspect(standing);
  EXPECT_THAT(found.can, ElementsAre(HasSubstr("standing trial")));
  EXPECT_THAT(found.cannot, Not(Contains(HasSubstr("speeds"))));
}

TEST(Inspect, MarkersThatAreNeverSeenCannotAnswer) {
  Recording recording = running();
  for (std::size_t i = 0; i < recording.points.labels.size(); ++i) {
    const std::string& label = recording.points.labels[i];
    for (const char* lost : {"C7", "T10", "MANU", "XIPH", "RSHO", "LSHO"}) {
      if (label != lost) continue;
      recording.points.points_m.middleCols<3>(static_cast<Eigen::Index>(3 * i)).setZero();
    }
  }
  const Inspection found = inspect(recording);
  EXPECT_THAT(found.problems, Contains(HasSubstr("Never seen: ")));
  EXPECT_THAT(found.cannot, Contains(HasSubstr("Low back and forward lean")));
  EXPECT_THAT(found.can, Contains(HasSubstr("Hip against pelvis")));
  EXPECT_NEAR(found.missing_fraction, 6.0 / 51.0, 1e-9);
}

TEST(Inspect, AsksWhetherAnotherLabelWasMeant) {
  Recording recording = running();
  for (std::string& label : recording.points.labels) {
    if (label == "RASI") label = "RAIS";
  }
  const Inspection found = inspect(recording);
  EXPECT_THAT(found.problems, Contains(HasSubstr("did you mean 'RASI'")));
}

TEST(Inspect, SaysWhenTheUnitLooksWrong) {
  Recording recording = running();
  recording.points.points_m *= 1000.0;
  EXPECT_THAT(inspect(recording).problems, Contains(HasSubstr("unit may be wrong")));
}

TEST(Inspect, WithoutPointsNothingIsSaidOfThem) {
  Recording recording;
  recording.format = "C3D";
  const Inspection found = inspect(recording);
  EXPECT_EQ(found.n_frames, 0);
  EXPECT_FALSE(found.axes.known);
  EXPECT_THAT(found.can, IsEmpty());
}

TEST(Inspect, TablesHaveARateLossesAndForces) {
  Table table;
  table.in_degrees = true;
  table.labels = {"hip", "knee"};
  table.time_s = Eigen::VectorXd::LinSpaced(11, 0.0, 0.1);
  table.values = Eigen::MatrixXd::Ones(11, 2);
  table.values.block(3, 1, 2, 1).setConstant(std::nan(""));
  const Inspection found = inspect(table);
  EXPECT_EQ(found.kind, FileKind::kTable);
  EXPECT_NEAR(found.rate_hz, 100.0, 1e-9);
  ASSERT_EQ(found.losses.size(), 1U);
  EXPECT_EQ(found.losses[0].label, "knee");
  EXPECT_NEAR(found.missing_fraction, 1.0 / 11.0, 1e-12);

  Table forces;
  forces.time_s = table.time_s;
  for (const char* of : {"v", "p"}) {
    for (const char* axis : {"x", "y", "z"}) {
      forces.labels.push_back(std::string("ground_force_") + of + axis);
    }
  }
  forces.values = Eigen::MatrixXd::Zero(11, 6);
  forces.values.col(1).setConstant(700.0);
  const Inspection grf = inspect(forces);
  ASSERT_EQ(grf.plates.size(), 1U);
  EXPECT_DOUBLE_EQ(grf.plates[0].mean_vertical_force_n, 700.0);
}

TEST_F(InspectFile, TellsFilesApartByWhatIsInThem) {
  EXPECT_EQ(look("recording.txt", write_trc(runner().standing)).format, "TRC");
  EXPECT_EQ(look("table.txt", "x\nnRows=1\nnColumns=2\nendheader\ntime\ta\n0\t1\n").kind,
            FileKind::kTable);
  const Inspection model = look("model.xml", write_osim(runner().user_model));
  EXPECT_EQ(model.kind, FileKind::kModel);
  EXPECT_THAT(model.can, Contains(HasSubstr("leg-behind budget")));
  EXPECT_THAT(model.marker_set.name, HasSubstr("Catena"));
  const Inspection setup =
      look("a.xml",
           "<?xml version='1.0'?><!-- <Model> --><OpenSimDocument><InverseKinematicsTool>"
           "<IKTaskSet><objects><IKMarkerTask name='C7'><apply>true</apply><weight>3</weight>"
           "</IKMarkerTask><IKMarkerTask name='T10'><apply>true</apply><weight>0</weight>"
           "</IKMarkerTask></objects></IKTaskSet></InverseKinematicsTool></OpenSimDocument>");
  EXPECT_EQ(setup.kind, FileKind::kIkSetup);
  EXPECT_THAT(setup.labels, ElementsAre("C7", "T10"));
  EXPECT_THAT(setup.facts, Contains("2 markers, 1 of them with weights from 3 to 3"));
  EXPECT_THAT(setup.can, Contains(HasSubstr("--ik-setup")));
  const Inspection set = look("b.xml",
                              "<OpenSimDocument><MarkerSet><objects><Marker name=\"A\"></Marker>"
                              "<Marker name=\"B\"/></objects></MarkerSet></OpenSimDocument>");
  EXPECT_EQ(set.kind, FileKind::kMarkerSet);
  EXPECT_THAT(set.labels, ElementsAre("A", "B"));
  EXPECT_EQ(look("c.xml", "<OpenSimDocument><ScaleTool/></OpenSimDocument>").kind,
            FileKind::kOtherXml);
  EXPECT_EQ(look("labels.toml", "[labels]\nRASI = 'R.ASIS'\n").kind, FileKind::kLabelMap);
  const Inspection session = look("session.toml", "[[run]]\nfile = 'recording.txt'\n");
  EXPECT_EQ(session.kind, FileKind::kSession);
  EXPECT_THAT(session.can, Contains(HasSubstr("An analysis")));
}

TEST_F(InspectFile, WhatIsNoneOfItIsOneSentence) {
  for (const auto& [name, bytes, words] :
       {std::tuple{"empty.c3d", "", "empty"}, std::tuple{"x.html", "<html></html>", "<html>"},
        std::tuple{"cut.xml", "<OpenSimDocument><InverseKinematicsTool>", "well-formed"},
        std::tuple{"only.xml", "<", "well-formed"}}) {
    const auto found = inspect_file(put(name, bytes));
    ASSERT_FALSE(found) << name;
    EXPECT_THAT(to_sentence(found.error()), HasSubstr(words));
    EXPECT_THAT(to_sentence(found.error()), HasSubstr(name));
  }
}

TEST_F(InspectFile, AFolderStandsForItsRecordings) {
  EXPECT_FALSE(recordings_of(folder_));
  put("b/run.trc", "");
  put("a/deep/run.C3D", "");
  put("notes.txt", "");
  const auto below = recordings_of(folder_);
  ASSERT_TRUE(below);
  EXPECT_THAT(*below, ElementsAre(folder_ / "a/deep/run.C3D", folder_ / "b/run.trc"));
  put("own.trc", "");
  EXPECT_THAT(*recordings_of(folder_), ElementsAre(folder_ / "own.trc"));
}

TEST_F(InspectFile, TheMassIsThatOfTheSession) {
  EXPECT_FALSE(person_of(folder_).mass_kg);
  put("sessionMetadata.yaml", "mass_kg: 61.5\n");
  put("MarkerData/run.trc", "");
  EXPECT_EQ(person_of(folder_).mass_kg, 61.5);
  EXPECT_EQ(person_of(folder_ / "MarkerData").mass_kg, 61.5);
  put("session.toml", "[person]\nmass_kg = 70\n[[run]]\nfile = 'run.trc'\n");
  EXPECT_EQ(person_of(folder_).mass_kg, 70.0);
}

TEST(InspectRealFiles, FukuchisTreadmillTrial) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto found =
      inspect_file(test_data() / "fukuchi2017/RBDS014/RBDS014runT35.c3d", {.mass_kg = 70.0});
  ASSERT_TRUE(found) << to_sentence(found.error());
  EXPECT_EQ(found->format, "C3D (Intel, real)");
  EXPECT_EQ(found->n_frames, 4500);
  EXPECT_EQ(found->rate_hz, 150.0);
  EXPECT_EQ(found->analog_rate_hz, 300.0);
  ASSERT_EQ(found->plates.size(), 1U);
  EXPECT_EQ(found->plates[0].type, 4);
  EXPECT_EQ(found->axes.up, "+y");
  EXPECT_TRUE(found->axes.treadmill);
  EXPECT_NEAR(found->axes.speed_m_s, 3.5, 0.2);
  EXPECT_GT(found->contacts.right, 30);
  EXPECT_LE(std::abs(found->contacts.right - found->contacts.left), 1);
  EXPECT_THAT(found->marker_set.name, HasSubstr("Fukuchi"));
  EXPECT_THAT(found->cannot, Contains(HasSubstr("thorax")));
}

// What an independent reader counted (data/README.md).
TEST(InspectRealFiles, LossesOfTheC3dSamples) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const auto& [name, n_points, analog, missing] :
       {std::tuple{"sample01/Eb015pi.c3d", 26, 16, 0.019},
        std::tuple{"sample02/pc_real.c3d", 36, 16, 0.071}}) {
    const auto found = inspect_file(test_data() / "c3d-samples" / name);
    ASSERT_TRUE(found) << to_sentence(found.error());
    EXPECT_EQ(static_cast<int>(found->labels.size()), n_points);
    EXPECT_EQ(found->analog_channels, analog);
    EXPECT_NEAR(found->missing_fraction, missing, 0.0006);
    EXPECT_EQ(found->plates.size(), 2U);
  }
}

TEST(InspectRealFiles, SetUpsOfOpenSim) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto setup = inspect_file(test_data() / "bmclab-run/IK_setup.xml");
  ASSERT_TRUE(setup) << to_sentence(setup.error());
  EXPECT_EQ(setup->kind, FileKind::kIkSetup);
  EXPECT_EQ(setup->labels.size(), 64U);
  const auto set = inspect_file(test_data() / "dorn2012/markerset_dorn_sprinter.xml");
  ASSERT_TRUE(set) << to_sentence(set.error());
  EXPECT_EQ(set->kind, FileKind::kMarkerSet);
  EXPECT_EQ(set->labels.size(), 50U);
  const auto scale = inspect_file(test_data() / "bmclab-run/scale_setup.xml");
  ASSERT_TRUE(scale) << to_sentence(scale.error());
  EXPECT_EQ(scale->kind, FileKind::kOtherXml);
}

TEST(Inspect, LandmarksInPicturesAreForStrides) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto found = inspect_file(data / "runner-video" / "male_side.pose.json");
  ASSERT_TRUE(found) << to_sentence(found.error());
  EXPECT_EQ(found->format, "pose JSON (rtmpose-halpe26)");
  EXPECT_EQ(found->n_frames, 360);
  EXPECT_EQ(found->marker_set.name, "Halpe-26 keypoints");
  EXPECT_EQ(found->marker_set.n_matched, 22);
  EXPECT_THAT(found->losses, testing::SizeIs(1));
  EXPECT_THAT(found->facts, Contains(HasSubstr("facing left")));
  EXPECT_THAT(found->can, Contains(HasSubstr("strides")));
  EXPECT_THAT(found->cannot, Contains(HasSubstr("neither pelvic tilt")));
  EXPECT_THAT(found->problems, ElementsAre(HasSubstr("33 ms between two pictures")));
}

}  // namespace
}  // namespace catena
