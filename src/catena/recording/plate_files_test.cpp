// Force plates in the files of laboratories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "catena/core/test_data.h"
#include "catena/recording/c3d.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/table_file.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double gravity_m_s2 = 9.80665;

C3dFile must_read(const std::filesystem::path& path) {
  auto file = read_c3d(path);
  EXPECT_TRUE(file) << to_sentence(file ? Error{} : file.error());
  return file ? std::move(*file) : C3dFile{};
}

RecordedForces forces_of(const std::filesystem::path& path, const PlateOptions& options = {}) {
  return recorded_forces(must_read(path).recording, options);
}

double greatest_n(const PlateForces& plate) {
  const Eigen::VectorXd up_n = plate.force_n * plate.up;
  return up_n.maxCoeff();
}

// Body masses in kg by the name of the trial's file.
std::map<std::string, double> fukuchi_masses_kg(const std::filesystem::path& data) {
  std::map<std::string, double> masses;
  std::ifstream file(data / "fukuchi2017" / "RBDSinfo.txt");
  std::string line, word;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::vector<std::string> fields;
    while (std::getline(words, word, '\t')) fields.push_back(word);
    if (fields.size() > 4 && fields[1].ends_with(".c3d")) masses[fields[1]] = std::stod(fields[4]);
  }
  return masses;
}

TEST(PlateFiles, OpenSimsWalksGiveItsForcesMomentsAndCentresOfPressure) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const std::string walk : {"walking2", "walking5"}) {
    const auto folder = data / "opensim-core" / "formats";
    const RecordedForces forces = forces_of(folder / (walk + ".c3d"));
    ASSERT_EQ(forces.plates.size(), 2U);
    const auto middle = read_table(folder / ("std_" + walk + "_grfs.sto"));
    const auto cop = read_table(folder / ("std_cop_" + walk + "_grfs.sto"));
    ASSERT_TRUE(middle && cop);
    int n_loaded = 0;
    double worst_force_n = 0, worst_cop_mm = 0, worst_free_nmm = 0, worst_moment_nmm = 0;
    for (Eigen::Index i = 0; i < cop->time_s.size(); ++i) {
      for (Eigen::Index k = 0; k < 2; ++k) {
        const PlateForces& plate = forces.plates[static_cast<std::size_t>(k)];
        const auto at = static_cast<Eigen::Index>(std::lround(cop->time_s[i] * plate.rate_hz));
        ASSERT_LT(at, plate.force_n.rows());
        const Eigen::Vector3d force_n = cop->values.row(i).segment<3>(9 * k);
        const Eigen::Vector3d middle_mm = middle->values.row(i).segment<3>(9 * k + 3);
        const Eigen::Vector3d middle_m = plate.corners_m.rowwise().mean();
        EXPECT_LT((1e3 * middle_m - middle_mm).norm(), 1e-4);
        const Eigen::Vector3d f = plate.force_n.row(at);
        worst_force_n = std::max(worst_force_n, (f - force_n).cwiseAbs().maxCoeff());
        if (force_n.z() < 20.0) continue;
        ++n_loaded;
        const Eigen::Vector3d place_mm = cop->values.row(i).segment<3>(9 * k + 3);
        const Eigen::Vector3d free_nmm = cop->values.row(i).segment<3>(9 * k + 6);
        const Eigen::Vector3d moment_nmm = middle->values.row(i).segment<3>(9 * k + 6);
        const Eigen::Vector3d p = plate.cop_m.row(at), t = plate.free_moment_nm.row(at);
        worst_cop_mm = std::max(worst_cop_mm, (1e3 * p - place_mm).cwiseAbs().maxCoeff());
        worst_free_nmm = std::max(worst_free_nmm, (1e3 * t - free_nmm).cwiseAbs().maxCoeff());
        const Eigen::Vector3d about_middle = t + (p - middle_m).cross(f);
        worst_moment_nmm =
            std::max(worst_moment_nmm, (1e3 * about_middle - moment_nmm).cwiseAbs().maxCoeff());
      }
    }
    // The standards have eight digits after the point, in N, mm and N mm.
    EXPECT_GT(n_loaded, 20) << walk;
    EXPECT_LT(worst_force_n, 1e-7) << walk;
    EXPECT_LT(worst_cop_mm, 1e-7) << walk;
    EXPECT_LT(worst_free_nmm, 1e-6) << walk;
    EXPECT_LT(worst_moment_nmm, 1e-6) << walk;
  }
}

TEST(PlateFiles, FukuchisRunnersWeighWhatTheyWeigh) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  int n_runs = 0, n_standing = 0;
  for (const auto& [name, mass_kg] : fukuchi_masses_kg(data)) {
    const auto path = data / "fukuchi2017" / name.substr(0, 7) / name;
    if (!std::filesystem::exists(path)) continue;
    const RecordedForces forces = forces_of(path);
    ASSERT_EQ(forces.plates.size(), 1U);
    const PlateForces& plate = forces.plates[0];
    EXPECT_EQ(plate.type, 4);
    if (name.find("static") != std::string::npos) {
      // They stood beside the treadmill: it is empty, or its channels were not recorded.
      ++n_standing;
      ASSERT_EQ(forces.notes.size(), 1U);
      EXPECT_THAT(forces.notes[0], testing::AnyOf(HasSubstr("Nobody is on it"),
                                                  HasSubstr("channel 1 of 6 is not recorded")));
      continue;
    }
    ++n_runs;
    EXPECT_THAT(forces.notes, IsEmpty()) << name;
    EXPECT_LT((plate.up - Eigen::Vector3d::UnitY()).norm(), 1e-9);
    EXPECT_EQ(plate.rate_hz, 300.0);
    EXPECT_TRUE(plate.force_n.allFinite() && plate.cop_m.allFinite());
    EXPECT_TRUE(plate.free_moment_nm.allFinite());
    // Forwards and sideways a runner at steady speed pushes as much as he brakes.
    const double weight_n = mass_kg * gravity_m_s2;
    EXPECT_GT(mean_vertical_force_n(plate) / weight_n, 0.93) << name;
    EXPECT_LT(mean_vertical_force_n(plate) / weight_n, 1.005) << name;
    EXPECT_LT(std::abs(plate.force_n.col(0).mean()), 0.03 * weight_n) << name;
    EXPECT_LT(std::abs(plate.force_n.col(2).mean()), 0.03 * weight_n) << name;
  }
  EXPECT_EQ(n_runs, 12);
  EXPECT_EQ(n_standing, 4);
}

// The same walks, once with the matrix's diagonal in the scale factors, once with the matrix.
TEST(PlateFiles, TypeTwoAndTypeFourOfOneWalkAgree) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  struct Pair {
    const char *two, *four;
    double force_part, cop_m;
  };
  // The scale factors of TYPE-2.C3D are 2 % (Fz) to 23 % (Mx) off its own matrix's diagonal, which
  // moves the centre of pressure; those of type-2a.c3d are the diagonal.
  for (const Pair& pair : {Pair{"TYPE-2.C3D", "TYPE-4.C3D", 0.02, 0.025},
                           Pair{"type-2a.c3d", "type-4a.c3d", 0.005, 0.002}}) {
    const auto two = forces_of(data / "c3d-samples/sample10" / pair.two);
    const auto four = forces_of(data / "c3d-samples/sample10" / pair.four);
    ASSERT_EQ(two.plates.size(), four.plates.size());
    for (std::size_t k = 0; k < two.plates.size(); ++k) {
      const PlateForces &a = two.plates[k], &b = four.plates[k];
      EXPECT_EQ(a.type, 2);
      EXPECT_EQ(b.type, 4);
      const Eigen::VectorXd difference_n = (a.force_n - b.force_n) * a.up;
      EXPECT_LT(difference_n.cwiseAbs().maxCoeff(), pair.force_part * greatest_n(b)) << pair.two;
      int n_loaded = 0;
      for (Eigen::Index i = 0; i < b.force_n.rows(); ++i) {
        if (b.force_n.row(i) * b.up < 0.3 * greatest_n(b)) continue;
        ++n_loaded;
        EXPECT_LT((a.cop_m.row(i) - b.cop_m.row(i)).norm(), pair.cop_m) << pair.two << ' ' << i;
      }
      EXPECT_GT(n_loaded, 100);
    }
  }
}

// Two makers describe one laboratory's plates: (-4.4, 1.9, -21.6) mm and (4.4, -1.9, 21.6) mm. All
// three components are turned, not the third alone.
TEST(PlateFiles, TheOriginOfOneLaboratoryIsGivenBothWaysRound) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const C3dFile downwards = must_read(data / "c3d-samples/sample01/Eb015pr.c3d");
  C3dFile upwards = must_read(data / "c3d-samples/sample02/pc_real.c3d");
  ASSERT_EQ(upwards.recording.plates.size(), 2U);
  const RecordedForces as_is = recorded_forces(upwards.recording);
  EXPECT_THAT(as_is.notes, Contains(HasSubstr("turned round")));
  for (std::size_t k = 0; k < 2; ++k) {
    upwards.recording.plates[k].origin_m = downwards.recording.plates[k].origin_m;
  }
  const RecordedForces other = recorded_forces(upwards.recording);
  for (std::size_t k = 0; k < 2; ++k) {
    // They differ by the rounding of the third component, 20.066 and 20.06 mm, seen under the
    // force's slope.
    EXPECT_LT((as_is.plates[k].cop_m - other.plates[k].cop_m).cwiseAbs().maxCoeff(), 1e-4);
    EXPECT_EQ(as_is.plates[k].force_n, other.plates[k].force_n);
  }
}

TEST(PlateFiles, ABaselineOfOneLaboratoryIsTakenOff) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto path = data / "c3d-samples/sample01/Eb015pr.c3d";
  PlateOptions level;
  level.subtract_baseline = true;
  const RecordedForces as_is = forces_of(path), taken_off = forces_of(path, level);
  ASSERT_EQ(as_is.plates.size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    const auto at_first = [&](const PlateForces& plate) {
      const Eigen::VectorXd up_n = plate.force_n.topRows(40) * plate.up;
      return up_n.mean();
    };
    EXPECT_GT(at_first(as_is.plates[k]), 20.0);
    EXPECT_NEAR(at_first(taken_off.plates[k]), 0.0, 1e-9);
    EXPECT_THAT(as_is.notes[k], HasSubstr("that was left in"));
    EXPECT_THAT(taken_off.notes[k], HasSubstr("was taken off"));
  }
}

TEST(PlateFiles, KistlersPlatesOfTwoMakersBearAPerson) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  // A runner on the first of two plates; its channels are said to be in volts, but are not.
  const auto runner = forces_of(data / "qualisys/Running_0002.c3d");
  ASSERT_EQ(runner.plates.size(), 2U);
  EXPECT_NEAR(greatest_n(runner.plates[0]), 1400.0, 300.0);
  EXPECT_LT(greatest_n(runner.plates[1]), 10.0);
  EXPECT_GT(runner.plates[0].up.z(), 0.999);
  EXPECT_THAT(runner.notes, Contains(HasSubstr("1: Channels said to be in V were taken as newt")));
  EXPECT_THAT(runner.notes, Contains(HasSubstr("2: Nobody is on it")));
  const PlateForces& plate = runner.plates[0];
  for (Eigen::Index i = 0; i < plate.force_n.rows(); ++i) {
    if (plate.force_n.row(i) * plate.up < 100.0) continue;
    for (int axis = 0; axis < 2; ++axis) {
      EXPECT_GT(plate.cop_m(i, axis), plate.corners_m.row(axis).minCoeff());
      EXPECT_LT(plate.cop_m(i, axis), plate.corners_m.row(axis).maxCoeff());
    }
  }
  // Metres, force on the plate, no places of sensors.
  for (const char* name : {"FP1.C3D", "FP2.C3D"}) {
    const auto peak = forces_of(data / "c3d-samples/sample15" / name);
    ASSERT_EQ(peak.plates.size(), 1U);
    EXPECT_EQ(peak.plates[0].type, 3);
    EXPECT_NEAR(greatest_n(peak.plates[0]), 300.0, 30.0);
    EXPECT_GT(mean_vertical_force_n(peak.plates[0]), 100.0);
    EXPECT_NEAR(peak.plates[0].corners_m.maxCoeff(), 0.9, 1e-6);
    EXPECT_THAT(peak.notes, Contains(HasSubstr("force on the plate")));
    EXPECT_THAT(peak.notes, Contains(HasSubstr("where its sensors are")));
  }
}

TEST(PlateFiles, UnloadedFramesAndKistlersPolynomialAreReadFromTheFile) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto plates_of = [&](const char* name) { return must_read(data / name).recording.plates; };
  // Frames 1 to 10 of four samples; 1 to 0, which is none; 0 to 0, which is none.
  for (const auto& plate : plates_of("c3d-samples/sample01/Eb015pr.c3d")) {
    EXPECT_EQ(plate.zero_from, 0);
    EXPECT_EQ(plate.zero_to, 40);
    EXPECT_THAT(plate.cop_polynomial, IsEmpty());
  }
  EXPECT_EQ(plates_of("opensim-core/formats/walking2.c3d")[0].zero_to, 0);
  for (const auto& plate : plates_of("qualisys/Running_0002.c3d")) {
    EXPECT_EQ(plate.zero_to, 0);
    ASSERT_EQ(plate.cop_polynomial.size(), 12U);
    EXPECT_NEAR(plate.cop_polynomial[5], -0.0082, 1e-4);
    EXPECT_NEAR(plate.cop_polynomial[11], 0.0541, 1e-4);
  }
  // Stored by columns: the first six numbers are the first column.
  const auto amti = plates_of("c3d-samples/sample10/TYPE-4.C3D");
  EXPECT_NEAR(amti[0].calibration(5, 0), 2.856, 1e-5);
  EXPECT_NEAR(amti[0].calibration(3, 3), 741.871, 1e-3);
}

TEST(PlateFiles, PlatesThatWereNotPluggedInAreDoubted) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  // Three plates, of which two have no moments and the third has nothing.
  const auto forces = forces_of(data / "c3d-samples/parameterOverflow.c3d");
  ASSERT_EQ(forces.plates.size(), 3U);
  EXPECT_THAT(forces.notes, Contains(HasSubstr("1: 3 of its 6 channels never change")));
  EXPECT_THAT(forces.notes, Contains(HasSubstr("1: The centre of pressure lies off the plate")));
  EXPECT_THAT(forces.notes, Contains(HasSubstr("3: 6 of its 6 channels never change")));
}

}  // namespace
}  // namespace catena
