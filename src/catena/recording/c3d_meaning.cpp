#include "catena/recording/c3d_meaning.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"
#include "catena/recording/text.h"

namespace catena {
namespace {

std::string counted(std::size_t n, const char* noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

double value_or(const std::vector<double>& values, std::size_t i, double otherwise) {
  return i < values.size() ? values[i] : otherwise;
}

}  // namespace

Result<double> units_per_metre(const std::vector<C3dGroup>& groups, const std::string& source,
                               std::vector<std::string>& notes) {
  const std::string unit = to_lower(text_of(groups, "POINT", "UNITS"));
  if (unit.empty()) {
    notes.push_back("POINT:UNITS does not say the unit of length: mm was taken.");
    return 1000.0;
  }
  // "mete" is what four characters hold of "meters".
  static constexpr std::pair<std::string_view, double> kUnits[] = {
      {"mm", 1000.0},      {"mill", 1000.0},   {"cm", 100.0},        {"cent", 100.0},
      {"dm", 10.0},        {"um", 1e6},        {"m", 1.0},           {"mete", 1.0},
      {"metr", 1.0},       {"in", 1 / 0.0254}, {"inch", 1 / 0.0254}, {"ft", 1 / 0.3048},
      {"feet", 1 / 0.3048}};
  for (const auto& [name, per_metre] : kUnits) {
    if (unit == name || (name.size() == 4 && unit.substr(0, 4) == name)) return per_metre;
  }
  return fail(Errc::kUnsupported, "'" + excerpt(unit) + "' is no unit of length that is known here",
              source + ": POINT:UNITS", "export the recording in mm or m");
}

C3dChannels name_channels(const std::vector<C3dGroup>& groups, std::size_t n_channels,
                          std::vector<std::string>& notes) {
  C3dChannels channels;
  if (n_channels == 0) return channels;
  channels.is_unsigned = to_lower(text_of(groups, "ANALOG", "FORMAT")) == "unsigned";
  channels.labels = joined_texts(groups, "ANALOG", "LABELS");
  channels.units = joined_texts(groups, "ANALOG", "UNITS");
  channels.labels.resize(n_channels);
  channels.units.resize(n_channels);
  for (std::size_t i = 0; i < n_channels; ++i) {
    if (channels.labels[i].empty()) channels.labels[i] = "channel_" + std::to_string(i + 1);
  }
  const auto usable = [](double x) { return std::isfinite(x); };
  double general = value_or(numbers_of(groups, "ANALOG", "GEN_SCALE"), 0, 1.0);
  if (!usable(general)) {
    notes.push_back("ANALOG:GEN_SCALE is no number: 1 was taken.");
    general = 1.0;
  }
  const std::vector<double> scale = joined_numbers(groups, "ANALOG", "SCALE");
  const std::vector<double> offset = channels.is_unsigned
                                         ? joined_counts(groups, "ANALOG", "OFFSET")
                                         : joined_numbers(groups, "ANALOG", "OFFSET");
  std::size_t n_without = 0;
  for (std::size_t i = 0; i < n_channels; ++i) {
    const bool good = i < scale.size() && usable(scale[i]) && usable(value_or(offset, i, 0.0));
    if (!good) ++n_without;
    channels.scale.push_back(general * (i < scale.size() && usable(scale[i]) ? scale[i] : 1.0));
    const double zero = value_or(offset, i, 0.0);
    channels.offset.push_back(usable(zero) ? zero : 0.0);
  }
  if (n_without > 0) {
    notes.push_back("ANALOG:SCALE or OFFSET lacks " + counted(n_without, "channel") +
                    ": their values are as stored.");
  }
  return channels;
}

std::vector<ForcePlateSetup> read_plates(const std::vector<C3dGroup>& groups,
                                         std::size_t n_channels, double per_metre,
                                         std::vector<std::string>& notes) {
  std::vector<ForcePlateSetup> plates;
  const char* const group = "FORCE_PLATFORM";
  const double used = value_or(counts_of(groups, group, "USED"), 0, 0.0);
  const std::vector<double> types = numbers_of(groups, group, "TYPE");
  if (!(used >= 1.0)) return plates;
  const std::size_t n = std::min(types.size(), static_cast<std::size_t>(std::min(used, 65535.0)));
  if (static_cast<double>(n) < used) {
    notes.push_back("FORCE_PLATFORM:USED is " + in_words(used) + ", but TYPE describes " +
                    counted(n, "plate") + ": only those were read.");
  }
  const std::vector<double> corners = numbers_of(groups, group, "CORNERS");
  const std::vector<double> origins = numbers_of(groups, group, "ORIGIN");
  const std::vector<double> channels = numbers_of(groups, group, "CHANNEL");
  const std::vector<double> matrices = numbers_of(groups, group, "CAL_MATRIX");
  const auto dim = [&](const char* name, std::size_t i) -> std::size_t {
    const C3dParameter* parameter = find_parameter(groups, group, name);
    if (parameter == nullptr || i >= parameter->dims.size()) return 0;
    return static_cast<std::size_t>(parameter->dims[i]);
  };
  const std::size_t n_each = dim("CHANNEL", 0);
  const std::size_t n_rows = dim("CAL_MATRIX", 0);
  const std::size_t n_cols = dim("CAL_MATRIX", 1);
  for (std::size_t k = 0; k < n; ++k) {
    ForcePlateSetup plate;
    plate.type = static_cast<int>(types[k]);
    plate.length_unit = text_of(groups, "POINT", "UNITS");
    for (std::size_t i = 0; i < 12; ++i) {
      plate.corners_m(static_cast<Eigen::Index>(i % 3), static_cast<Eigen::Index>(i / 3)) =
          value_or(corners, 12 * k + i, 0.0) / per_metre;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      plate.origin_m[static_cast<Eigen::Index>(i)] = value_or(origins, 3 * k + i, 0.0) / per_metre;
    }
    for (std::size_t i = 0; i < n_each && n_each * k + i < channels.size(); ++i) {
      const double channel = channels[n_each * k + i];
      const bool there = channel >= 1.0 && channel <= static_cast<double>(n_channels);
      plate.channels.push_back(there ? static_cast<int>(channel) - 1 : -1);
    }
    if (const std::size_t size = n_rows * n_cols; size > 0 && size * (k + 1) <= matrices.size()) {
      plate.calibration =
          Eigen::Map<const Eigen::MatrixXd>(&matrices[size * k], static_cast<Eigen::Index>(n_rows),
                                            static_cast<Eigen::Index>(n_cols));
    }
    plates.push_back(std::move(plate));
  }
  if (corners.size() < 12 * n) {
    notes.push_back("FORCE_PLATFORM:CORNERS does not place every plate: those corners are 0.");
  }
  return plates;
}

std::string maker_of(const std::vector<C3dGroup>& groups) {
  const std::string company = text_of(groups, "MANUFACTURER", "COMPANY");
  std::string maker = text_of(groups, "MANUFACTURER", "SOFTWARE");
  if (maker.empty()) {
    maker = company;
  } else if (to_lower(maker).find(to_lower(company)) == std::string::npos) {
    maker = company + " " + maker;
  }
  std::string version = text_of(groups, "MANUFACTURER", "VERSION_LABEL");
  if (version.empty()) version = text_of(groups, "MANUFACTURER", "VERSION");
  if (version.empty()) {
    for (const double part : numbers_of(groups, "MANUFACTURER", "VERSION")) {
      version += (version.empty() ? "" : ".") + in_words(part);
    }
  }
  return maker.empty() || version.empty() ? maker : maker + " " + version;
}

std::string subject_of(const std::vector<C3dGroup>& groups) {
  const std::string name = text_of(groups, "SUBJECTS", "NAMES");
  return name.empty() ? text_of(groups, "SUBJECT", "NAME") : name;
}

}  // namespace catena
