#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_meaning.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

constexpr const char* kGroup = "FORCE_PLATFORM";

double value_or(const std::vector<double>& values, std::size_t i, double otherwise) {
  return i < values.size() ? values[i] : otherwise;
}

std::size_t dim(const std::vector<C3dGroup>& groups, const char* name, std::size_t i) {
  const C3dParameter* parameter = find_parameter(groups, kGroup, name);
  if (parameter == nullptr || i >= parameter->dims.size()) return 0;
  return static_cast<std::size_t>(parameter->dims[i]);
}

// The k-th part of a list that has one for each plate; empty where it has none.
std::vector<double> part_of(const std::vector<double>& all, std::size_t k, std::size_t size) {
  if (size == 0 || all.size() / size <= k) return {};
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(size * k);
  return {from, from + static_cast<std::ptrdiff_t>(size)};
}

// ZERO names frames of the points, from 1; 0 stands for 1, two zeros for none.
void read_unloaded(const std::vector<double>& frames, const C3dLayout& layout, std::size_t k,
                   ForcePlateSetup& plate) {
  const std::size_t at = frames.size() >= 2 * (k + 1) ? 2 * k : 0;
  const double from = std::max(1.0, value_or(frames, at, 0.0)) - layout.first_frame;
  const double to = value_or(frames, at + 1, 0.0) - layout.first_frame + 1.0;
  if (!(from >= 0.0 && from < to && to <= static_cast<double>(layout.n_frames))) return;
  const auto per_frame = static_cast<Eigen::Index>(layout.samples_per_frame);
  plate.zero_from = static_cast<Eigen::Index>(from) * per_frame;
  plate.zero_to = static_cast<Eigen::Index>(to) * per_frame;
}

}  // namespace

std::vector<ForcePlateSetup> read_plates(const std::vector<C3dGroup>& groups,
                                         const C3dLayout& layout, double per_metre,
                                         std::vector<std::string>& notes) {
  std::vector<ForcePlateSetup> plates;
  const double used = value_or(counts_of(groups, kGroup, "USED"), 0, 0.0);
  const std::vector<double> types = numbers_of(groups, kGroup, "TYPE");
  if (!(used >= 1.0)) return plates;
  const std::size_t n = std::min(types.size(), static_cast<std::size_t>(std::min(used, 65535.0)));
  if (static_cast<double>(n) < used) {
    notes.push_back("FORCE_PLATFORM:USED is " + in_words(used) + ", but TYPE describes only " +
                    std::to_string(n) + ": those were read.");
  }
  const std::vector<double> corners = numbers_of(groups, kGroup, "CORNERS");
  const std::vector<double> origins = numbers_of(groups, kGroup, "ORIGIN");
  const std::vector<double> channels = numbers_of(groups, kGroup, "CHANNEL");
  const std::vector<double> matrices = numbers_of(groups, kGroup, "CAL_MATRIX");
  const std::vector<double> polynomials = numbers_of(groups, kGroup, "FPCOPPOLY");
  const std::vector<double> unloaded = numbers_of(groups, kGroup, "ZERO");
  const std::string length_unit = text_of(groups, "POINT", "UNITS");
  // Matrices are stored by columns unless the file says otherwise.
  const bool by_row = to_lower(text_of(groups, kGroup, "MATRIX_STORE")) == "byrow";
  const std::size_t n_each = dim(groups, "CHANNEL", 0);
  const std::size_t n_rows = dim(groups, "CAL_MATRIX", 0), n_cols = dim(groups, "CAL_MATRIX", 1);
  for (std::size_t k = 0; k < n; ++k) {
    ForcePlateSetup plate;
    // No type is a number that an int cannot hold.
    plate.type = std::abs(types[k]) < 1e6 ? static_cast<int>(types[k]) : 0;
    plate.length_unit = length_unit;
    for (std::size_t i = 0; i < 12; ++i) {
      plate.corners_m(static_cast<Eigen::Index>(i % 3), static_cast<Eigen::Index>(i / 3)) =
          value_or(corners, 12 * k + i, 0.0) / per_metre;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      plate.origin_m[static_cast<Eigen::Index>(i)] = value_or(origins, 3 * k + i, 0.0) / per_metre;
    }
    for (std::size_t i = 0; i < n_each && n_each * k + i < channels.size(); ++i) {
      const double channel = channels[n_each * k + i];
      const bool there = channel >= 1.0 && channel <= static_cast<double>(layout.n_channels);
      plate.channels.push_back(there ? static_cast<int>(channel) - 1 : -1);
    }
    const std::vector<double> matrix = part_of(matrices, k, n_rows * n_cols);
    if (!matrix.empty()) {
      const auto rows = static_cast<Eigen::Index>(n_rows), cols = static_cast<Eigen::Index>(n_cols);
      plate.calibration =
          by_row ? Eigen::MatrixXd(
                       Eigen::Map<const Eigen::MatrixXd>(matrix.data(), cols, rows).transpose())
                 : Eigen::MatrixXd(Eigen::Map<const Eigen::MatrixXd>(matrix.data(), rows, cols));
    }
    read_unloaded(unloaded, layout, k, plate);
    const std::vector<double> polynomial = part_of(polynomials, k, 12);
    const bool corrects =
        std::any_of(polynomial.begin(), polynomial.end(), [](double c) { return c != 0.0; });
    if (corrects) plate.cop_polynomial = polynomial;
    plates.push_back(std::move(plate));
  }
  if (corners.size() < 12 * n) {
    notes.push_back("FORCE_PLATFORM:CORNERS does not place every plate: those corners are 0.");
  }
  return plates;
}

}  // namespace catena
