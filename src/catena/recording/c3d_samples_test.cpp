// C3D on real recordings: c3d.org's samples, Fukuchi 2017, Qualisys, OpenSim's own walks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "catena/core/test_data.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_equal.h"
#include "catena/recording/read_recording.h"
#include "catena/recording/table_file.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

C3dFile must_read(const fs::path& path) {
  auto file = read_c3d(path);
  if (!file) {
    ADD_FAILURE() << to_sentence(file.error());
    return {};
  }
  return std::move(*file);
}

Eigen::Index count_points(const C3dFile& file) { return file.cameras_and_residual.cols(); }

double lost_fraction(const C3dFile& file) {
  const Eigen::MatrixXd& points = file.recording.points.points_m;
  return static_cast<double>(points.array().isNaN().count()) / static_cast<double>(points.size());
}

struct Counts {
  const char* file;
  int n_points, rate_hz, n_frames, n_channels, analog_hz;
  std::vector<int> plate_types;
  double lost = -1.0;  // fraction, where it is known
};

// What an independent reader saw, as ../shared/data/README.md tells.
TEST(C3dSamples, CountsAreThoseOfAnIndependentReader) {
  const fs::path folder = test_data();
  if (folder.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  std::vector<Counts> all;
  for (const char* name : {"pi", "pr", "si", "sr", "vi", "vr"}) {
    static std::vector<std::string> names;
    names.reserve(6);
    names.push_back("sample01/Eb015" + std::string(name) + ".c3d");
    all.push_back({names.back().c_str(), 26, 50, 450, 16, 200, {2, 2}, 0.019});
  }
  for (const char* name : {"sample08/TESTAPI.c3d", "sample08/TESTBPI.c3d", "sample08/TESTCPI.c3d",
                           "sample08/TESTDPI.c3d"}) {
    all.push_back({name, 26, 50, 450, 16, 200, {2, 2}, 0.019});
  }
  for (const char* name :
       {"sample02/DEC_INT.C3D", "sample02/Dec_real.c3d", "sample02/pc_int.c3d",
        "sample02/pc_real.c3d", "sample02/sgi_int.c3d", "sample02/sgi_real.c3d"}) {
    all.push_back({name, 36, 50, 89, 16, 200, {2, 2}, 0.071});
  }
  all.push_back({"sample10/TYPE-2.C3D", 13, 60, 199, 6, 1200, {2}});
  all.push_back({"sample10/TYPE-4.C3D", 13, 60, 199, 6, 1200, {4}});
  all.push_back({"sample10/type-2a.c3d", 25, 60, 360, 20, 960, {2, 2}});
  all.push_back({"sample10/type-4a.c3d", 25, 60, 360, 20, 960, {4, 4}});
  all.push_back({"sample15/FP1.C3D", 8, 60, 480, 12, 600, {3}});
  all.push_back({"sample15/FP2.C3D", 8, 60, 480, 12, 600, {3}});
  all.push_back({"Res16bits.c3d", 44, 100, 100, 81, 1000, {4, 4, 4, 4, 4, 4}});
  all.push_back({"badParameterOffset.c3d", 41, 250, 111, 0, 0, {}});
  all.push_back({"mocap36.c3d", 36, 100, 1380, 0, 0, {}});
  all.push_back({"parameterOverflow.c3d", 142, 100, 101, 36, 100, {2, 2, 2}});
  all.push_back({"../qualisys/Running_0002.c3d", 64, 200, 80, 60, 2000, {3, 3}});
  for (const Counts& expected : all) {
    SCOPED_TRACE(expected.file);
    const C3dFile file = must_read(folder / "c3d-samples" / expected.file);
    const Recording& recording = file.recording;
    EXPECT_EQ(count_points(file), expected.n_points);
    EXPECT_EQ(static_cast<int>(recording.points.labels.size() + recording.outputs.size()),
              expected.n_points);
    EXPECT_EQ(recording.points.rate_hz, expected.rate_hz);
    EXPECT_EQ(recording.points.points_m.rows(), expected.n_frames);
    EXPECT_EQ(recording.points.time_s.size(), expected.n_frames);
    EXPECT_EQ(recording.analog.values.cols(), expected.n_channels);
    EXPECT_EQ(static_cast<int>(recording.analog.labels.size()), expected.n_channels);
    EXPECT_EQ(recording.analog.rate_hz, expected.analog_hz);
    if (expected.n_channels > 0) {
      EXPECT_EQ(recording.analog.values.rows(),
                expected.n_frames * expected.analog_hz / expected.rate_hz);
    }
    std::vector<int> types;
    for (const ForcePlateSetup& plate : recording.plates) types.push_back(plate.type);
    EXPECT_EQ(types, expected.plate_types);
    if (expected.lost >= 0.0) {
      EXPECT_NEAR(lost_fraction(file), expected.lost, 0.0005);
    }
  }
}

double largest_difference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  EXPECT_EQ(a.rows(), b.rows());
  EXPECT_EQ(a.cols(), b.cols());
  if (a.rows() != b.rows() || a.cols() != b.cols()) return 1e9;
  EXPECT_TRUE((a.array().isNaN() == b.array().isNaN()).all()) << "lost in one, there in the other";
  return (a - b).array().isNaN().select(0.0, (a - b).array().abs()).maxCoeff();
}

TEST(C3dSamples, AllFilesOfOneSampleHoldTheSame) {
  const fs::path folder = test_data() / "c3d-samples";
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* sample : {"sample01", "sample02", "sample08"}) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder / sample)) {
      const std::string ending = entry.path().extension().string();
      if (ending == ".c3d" || ending == ".C3D") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    ASSERT_GE(paths.size(), 4U);
    const C3dFile first = must_read(paths[0]);
    for (const fs::path& path : paths) {
      SCOPED_TRACE(path.string());
      const C3dFile file = must_read(path);
      EXPECT_EQ(file.recording.points.labels, first.recording.points.labels);
      EXPECT_EQ(file.recording.analog.labels, first.recording.analog.labels);
      EXPECT_EQ(file.recording.analog.units, first.recording.analog.units);
      // Integers are rounded to the scale, 0.083 mm in sample 1 and 0.28 mm in sample 2, and the
      // latter's DEC integers were rounded otherwise than its Intel and SGI ones.
      const bool rounded =
          file.numbers == C3dNumbers::kInteger || first.numbers == C3dNumbers::kInteger;
      const bool same = std::string(sample) != "sample02" && file.numbers == first.numbers;
      EXPECT_LT(largest_difference(file.recording.points.points_m, first.recording.points.points_m),
                rounded && !same ? 0.2813e-3 : 1e-15);
      // Analog counts are whole numbers in both kinds.
      EXPECT_EQ(largest_difference(file.recording.analog.values, first.recording.analog.values),
                0.0);
    }
  }
}

TEST(C3dSamples, ProcessorsDifferInBytesOnly) {
  const fs::path folder = test_data() / "c3d-samples";
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const std::vector<std::vector<const char*>> same = {
      {"sample01/Eb015pi.c3d", "sample01/Eb015si.c3d", "sample01/Eb015vi.c3d"},
      {"sample01/Eb015pr.c3d", "sample01/Eb015sr.c3d", "sample01/Eb015vr.c3d"},
      {"sample02/pc_int.c3d", "sample02/sgi_int.c3d"},
      {"sample02/pc_real.c3d", "sample02/sgi_real.c3d", "sample02/Dec_real.c3d"},
      {"sample08/TESTAPI.c3d", "sample08/TESTBPI.c3d", "sample08/TESTCPI.c3d",
       "sample08/TESTDPI.c3d", "sample01/Eb015pi.c3d"}};
  for (const auto& names : same) {
    const C3dFile first = must_read(folder / names[0]);
    for (const char* name : names) {
      SCOPED_TRACE(name);
      const C3dFile file = must_read(folder / name);
      EXPECT_EQ(largest_difference(file.recording.points.points_m, first.recording.points.points_m),
                0.0);
      EXPECT_TRUE(file.cameras_and_residual == first.cameras_and_residual);
    }
  }
}

TEST(C3dSamples, OpenSimsWalksAreAsOpenSimReadThem) {
  const fs::path folder = test_data() / "opensim-core" / "formats";
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const std::string walk : {"walking2", "walking5"}) {
    SCOPED_TRACE(walk);
    const C3dFile file = must_read(folder / (walk + ".c3d"));
    const Recording& recording = file.recording;
    // OpenSim kept every tenth frame, and the last one.
    const auto markers = read_trc(folder / ("std_" + walk + "_markers.trc"));
    ASSERT_TRUE(markers.has_value()) << to_sentence(markers.error());
    ASSERT_EQ(markers->labels, recording.points.labels);
    ASSERT_EQ(markers->time_s.size(), (recording.points.points_m.rows() - 1) / 10 + 2);
    Eigen::Index compared = 0;
    for (Eigen::Index i = 0; i < markers->time_s.size(); ++i) {
      const Eigen::Index frame = std::min(10 * i, recording.points.points_m.rows() - 1);
      for (Eigen::Index j = 0; j < markers->points_m.cols(); ++j) {
        const double expected = markers->points_m(i, j);
        const double read = recording.points.points_m(frame, j);
        ASSERT_EQ(std::isnan(expected), std::isnan(read)) << "frame " << frame << " column " << j;
        if (std::isnan(expected)) continue;
        // The standard has five digits, some of them rounded twice.
        const double digit_mm = std::pow(10.0, std::floor(std::log10(std::abs(1e3 * read))) - 4);
        ASSERT_NEAR(read, expected, 0.51e-3 * digit_mm);
        ++compared;
      }
    }
    EXPECT_GT(compared, 1000);

    const auto analog = read_table(folder / ("std_" + walk + "_analog.sto"));
    ASSERT_TRUE(analog.has_value()) << to_sentence(analog.error());
    ASSERT_EQ(analog->labels, recording.analog.labels);
    for (Eigen::Index i = 0; i < analog->time_s.size(); ++i) {
      const auto sample =
          static_cast<Eigen::Index>(std::lround(analog->time_s[i] * recording.analog.rate_hz));
      ASSERT_LT(sample, recording.analog.values.rows());
      for (Eigen::Index j = 0; j < analog->values.cols(); ++j) {
        // The standard has 16 digits of a float.
        ASSERT_NEAR(recording.analog.values(sample, j), analog->values(i, j),
                    1e-14 * std::abs(analog->values(i, j)));
      }
    }
  }
}

TEST(C3dSamples, FukuchisSixteenFilesAreRead) {
  const fs::path folder = test_data() / "fukuchi2017";
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  int n_running = 0;
  int n_standing = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".c3d") continue;
    SCOPED_TRACE(entry.path().string());
    const auto recording = read_recording(entry.path());
    ASSERT_TRUE(recording.has_value()) << to_sentence(recording.error());
    EXPECT_EQ(recording->format, "C3D (Intel, real)");
    EXPECT_EQ(recording->points.rate_hz, 150.0);
    EXPECT_EQ(recording->maker, "Motion Analysis Corp. Cortex 6.0.0");
    ASSERT_EQ(recording->plates.size(), 1U);
    const ForcePlateSetup& plate = recording->plates[0];
    EXPECT_EQ(plate.type, 4);
    EXPECT_NEAR(plate.corners_m(0, 0), 3.049, 1e-9);
    EXPECT_NEAR(plate.corners_m(2, 1), 1.2197, 1e-6);
    EXPECT_NEAR(plate.origin_m[1], 0.9, 1e-9);
    EXPECT_EQ(plate.calibration.rows(), 6);
    EXPECT_EQ(plate.calibration(2, 2), 1000.0);
    if (entry.path().stem().string().find("static") != std::string::npos) {
      ++n_standing;
      EXPECT_EQ(recording->points.time_s.size(), 150);
      continue;
    }
    ++n_running;
    EXPECT_EQ(recording->points.time_s.size(), 4500);
    EXPECT_EQ(recording->analog.rate_hz, 300.0);
    ASSERT_EQ(recording->analog.values.cols(), 6);
    // SCALE is -1, and the plate's axis points down: on the belt the third channel is positive
    // as stored, negative as scaled.
    EXPECT_LT(recording->analog.values.col(2).mean(), 0.0);
    EXPECT_EQ(plate.channels, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  }
  EXPECT_EQ(n_running, 12);
  EXPECT_EQ(n_standing, 4);
}

TEST(C3dSamples, EventsOfHeaderAndGroupAreRead) {
  const fs::path folder = test_data() / "c3d-samples";
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const C3dFile header = must_read(folder / "sample01" / "Eb015vi.c3d");
  ASSERT_EQ(header.recording.events.size(), 3U);
  EXPECT_EQ(header.recording.events[1].label, "RHS");
  EXPECT_EQ(header.recording.events[1].side, EventSide::kRight);
  EXPECT_NEAR(header.recording.events[1].time_s, 5.4, 1e-6);
  const C3dFile group = must_read(folder / "parameterOverflow.c3d");
  ASSERT_EQ(group.recording.events.size(), 6U);
  EXPECT_EQ(group.recording.events[4].label, "Foot Off");
  EXPECT_EQ(group.recording.events[4].side, EventSide::kRight);
  EXPECT_NEAR(group.recording.events[4].time_s, 0.582608, 1e-6);
  EXPECT_EQ(group.recording.events[5].side, EventSide::kLeft);
}

TEST(C3dSamples, TimeStartsWhereTheTrialWasCut) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const C3dFile file = must_read(test_data() / "qualisys" / "Running_0002.c3d");
  EXPECT_EQ(file.first_frame, 443);
  EXPECT_EQ(file.recording.points.time_s[0], 442 / 200.0);
}

TEST(C3dSamples, AnEmptyFileSaysSo) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto file = read_c3d(test_data() / "c3d-samples" / "Empty.c3d");
  ASSERT_FALSE(file.has_value());
  EXPECT_NE(to_sentence(file.error()).find("Empty.c3d: the file is empty"), std::string::npos);
}

/// Every C3D file in ../shared/data that holds anything.
std::vector<fs::path> readable_files() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(test_data())) {
    const std::string ending = entry.path().extension().string();
    if ((ending == ".c3d" || ending == ".C3D") && entry.file_size() > 0) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(C3dSamples, EveryFileComesBackBitForBit) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const std::vector<fs::path> paths = readable_files();
  EXPECT_GE(paths.size(), 30U);
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path.string());
    const C3dFile file = must_read(path);
    const auto bytes = write_c3d(file, {file.processor, file.numbers});
    ASSERT_TRUE(bytes.has_value()) << to_sentence(bytes.error());
    const auto again = parse_c3d(*bytes, path.string());
    ASSERT_TRUE(again.has_value()) << to_sentence(again.error());
    EXPECT_EQ(first_difference(file, *again), "");
    EXPECT_EQ(again->recording.format, file.recording.format);
    // The second time even the bytes are the same.
    EXPECT_TRUE(write_c3d(*again, {file.processor, file.numbers}) == *bytes);
  }
}

TEST(C3dSamples, RealFilesAreTheSameForEveryProcessor) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const fs::path& path : readable_files()) {
    const C3dFile file = must_read(path);
    if (file.numbers != C3dNumbers::kReal) continue;
    for (const C3dProcessor processor :
         {C3dProcessor::kIntel, C3dProcessor::kDec, C3dProcessor::kSgi}) {
      SCOPED_TRACE(path.string());
      const auto bytes = write_c3d(file, {processor, C3dNumbers::kReal});
      ASSERT_TRUE(bytes.has_value()) << to_sentence(bytes.error());
      const auto again = parse_c3d(*bytes, path.string());
      ASSERT_TRUE(again.has_value()) << to_sentence(again.error());
      EXPECT_EQ(again->processor, processor);
      EXPECT_EQ(first_difference(file, *again), "");
    }
  }
}

}  // namespace
}  // namespace catena
