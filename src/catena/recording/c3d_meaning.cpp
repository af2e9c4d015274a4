#include "catena/recording/c3d_meaning.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

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
