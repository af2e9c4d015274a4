#include "catena/recording/c3d_renew.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_equal.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

constexpr std::size_t kMostInList = 255;

C3dGroup& group_of(std::vector<C3dGroup>& groups, std::string_view name) {
  for (C3dGroup& group : groups) {
    if (equal_ignoring_case(group.name, name)) return group;
  }
  C3dGroup& group = groups.emplace_back();
  group.name = name;
  return group;
}

/// The parameter that a reader will find under this name.
C3dParameter& parameter_of(std::vector<C3dGroup>& groups, std::string_view group,
                           std::string_view name) {
  if (const C3dParameter* found = find_parameter(groups, group, name)) {
    return const_cast<C3dParameter&>(*found);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  }
  C3dParameter& parameter = group_of(groups, group).parameters.emplace_back();
  parameter.name = name;
  return parameter;
}

void erase_parameter(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name) {
  for (C3dGroup& candidate : groups) {
    if (!equal_ignoring_case(candidate.name, group)) continue;
    std::erase_if(candidate.parameters, [&](const C3dParameter& parameter) {
      return equal_ignoring_case(parameter.name, name);
    });
  }
}

/// Takes away what earlier, longer lists left.
void erase_rest(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
                int first) {
  for (int n = first; find_parameter(groups, group, nth_name(name, n)) != nullptr; ++n) {
    erase_parameter(groups, group, nth_name(name, n));
  }
}

/// Calls `put(name, first, last)` for each part of a list.
template <class Put>
int for_each_part(std::size_t n, std::string_view name, Put put) {
  int part = 1;
  for (std::size_t first = 0; first == 0 || first < n; first += kMostInList, ++part) {
    put(nth_name(name, part), first, std::min(first + kMostInList, n));
  }
  return part;
}

Result<void> renew_outputs(const std::vector<ModelOutput>& outputs, std::vector<C3dGroup>& groups) {
  struct List {
    OutputKind kind;
    const char *name, *unit;
  };
  static constexpr std::array<List, 5> kLists = {{{OutputKind::kAngles, "ANGLES", "ANGLE"},
                                                  {OutputKind::kForces, "FORCES", "FORCE"},
                                                  {OutputKind::kMoments, "MOMENTS", "MOMENT"},
                                                  {OutputKind::kPowers, "POWERS", "POWER"},
                                                  {OutputKind::kScalars, "SCALARS", "SCALAR"}}};
  std::string pairs;
  int n_pairs = 0;
  for (const List& list : kLists) {
    std::vector<std::string> labels;
    std::string unit;
    for (const ModelOutput& output : outputs) {
      if (output.kind != list.kind) continue;
      labels.push_back(as_utf8(output.label));
      unit = output.unit;
    }
    erase_rest(groups, "POINT", list.name, 1);
    if (labels.empty()) continue;
    CATENA_CHECK(set_texts(groups, "POINT", list.name, labels));
    CATENA_CHECK(set_texts(groups, "POINT", std::string(list.unit) + "_UNITS", {unit}));
    for (std::string word : {list.name, list.unit}) {
      word.resize(20, ' ');
      pairs += word;
    }
    ++n_pairs;
  }
  if (n_pairs == 0) return {};
  C3dParameter& parameter = parameter_of(groups, "POINT", "TYPE_GROUPS");
  parameter.dims = {20, 2, n_pairs};
  parameter.values = std::move(pairs);
  return {};
}

/// Numbers of the first and the last unloaded frame; 0 0 where there are none.
std::pair<std::int16_t, std::int16_t> zero_frames(const ForcePlateSetup& plate,
                                                  const C3dLayout& layout) {
  const auto per_frame = static_cast<Eigen::Index>(layout.samples_per_frame);
  if (plate.zero_to <= plate.zero_from || per_frame == 0) return {0, 0};
  const Eigen::Index from = plate.zero_from / per_frame + layout.first_frame;
  const Eigen::Index to = plate.zero_to / per_frame + layout.first_frame - 1;
  if (to > std::numeric_limits<std::int16_t>::max()) return {0, 0};
  return {static_cast<std::int16_t>(from), static_cast<std::int16_t>(to)};
}

void renew_plates(const std::vector<ForcePlateSetup>& plates, const C3dLayout& layout,
                  double per_metre, std::vector<C3dGroup>& groups) {
  const char* const group = "FORCE_PLATFORM";
  const auto n = static_cast<int>(std::min(plates.size(), kMostInList));
  int n_channels = 0;
  Eigen::Index n_rows = 0;
  Eigen::Index n_cols = 0;
  bool has_polynomials = false;
  for (const ForcePlateSetup& plate : plates) {
    n_channels = std::max(n_channels, static_cast<int>(plate.channels.size()));
    n_rows = std::max(n_rows, plate.calibration.rows());
    n_cols = std::max(n_cols, plate.calibration.cols());
    has_polynomials = has_polynomials || plate.cop_polynomial.size() == 12;
  }
  std::vector<std::int16_t> types, channels, zero;
  std::vector<float> corners, origins, matrices, polynomials;
  for (const ForcePlateSetup& plate : plates) {
    types.push_back(static_cast<std::int16_t>(plate.type));
    for (int i = 0; i < n_channels; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const int channel = at < plate.channels.size() ? plate.channels[at] + 1 : 0;
      channels.push_back(static_cast<std::int16_t>(channel));
    }
    for (Eigen::Index i = 0; i < 12; ++i) {
      corners.push_back(static_cast<float>(plate.corners_m(i % 3, i / 3) * per_metre));
    }
    for (Eigen::Index i = 0; i < 3; ++i) {
      origins.push_back(static_cast<float>(plate.origin_m[i] * per_metre));
    }
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n_rows, n_cols);
    matrix.topLeftCorner(plate.calibration.rows(), plate.calibration.cols()) = plate.calibration;
    for (const double value : matrix.reshaped()) matrices.push_back(static_cast<float>(value));
    std::vector<double> polynomial = plate.cop_polynomial;
    polynomial.resize(12, 0.0);
    for (const double value : polynomial) polynomials.push_back(static_cast<float>(value));
    const auto [from, to] = zero_frames(plate, layout);
    zero.push_back(from);
    zero.push_back(to);
  }
  set_count(groups, group, "USED", plates.size());
  set_words(groups, group, "TYPE", {n}, std::move(types));
  if (plates.empty()) zero = {1, 0};
  set_words(groups, group, "ZERO", {2, std::max(n, 1)}, std::move(zero));
  set_reals(groups, group, "CORNERS", {3, 4, n}, std::move(corners));
  set_reals(groups, group, "ORIGIN", {3, n}, std::move(origins));
  set_words(groups, group, "CHANNEL", {n_channels, n}, std::move(channels));
  erase_parameter(groups, group, "MATRIX_STORE");
  erase_parameter(groups, group, "CAL_MATRIX");
  erase_parameter(groups, group, "FPCOPPOLY");
  if (n_rows > 0) {
    set_reals(groups, group, "CAL_MATRIX", {static_cast<int>(n_rows), static_cast<int>(n_cols), n},
              std::move(matrices));
  }
  if (has_polynomials) set_reals(groups, group, "FPCOPPOLY", {6, 2, n}, std::move(polynomials));
}

Result<void> renew_events(const std::vector<RecordedEvent>& events, std::vector<C3dGroup>& groups) {
  std::vector<std::string> labels, contexts;
  std::vector<float> times;
  for (const RecordedEvent& event : events) {
    static constexpr const char* kContexts[] = {"General", "Right", "Left"};
    labels.push_back(as_utf8(event.label));
    contexts.emplace_back(kContexts[static_cast<int>(event.side)]);
    const double minutes = std::floor(event.time_s / 60.0);
    times.push_back(static_cast<float>(minutes));
    times.push_back(static_cast<float>(event.time_s - 60.0 * minutes));
  }
  set_count(groups, "EVENT", "USED", events.size());
  CATENA_CHECK(set_texts(groups, "EVENT", "CONTEXTS", contexts));
  CATENA_CHECK(set_texts(groups, "EVENT", "LABELS", labels));
  const int parts = for_each_part(
      events.size(), "TIMES", [&](const std::string& name, std::size_t first, std::size_t last) {
        const auto begin = times.begin();
        set_reals(groups, "EVENT", name, {2, static_cast<int>(last - first)},
                  {begin + static_cast<std::ptrdiff_t>(2 * first),
                   begin + static_cast<std::ptrdiff_t>(2 * last)});
      });
  erase_rest(groups, "EVENT", "TIMES", parts);
  // What else was said of the old events by their place in the list.
  for (const char* name : {"DESCRIPTIONS", "SUBJECTS", "ICON_IDS", "GENERIC_FLAGS"}) {
    erase_rest(groups, "EVENT", name, 1);
  }
  return {};
}

}  // namespace

void set_count(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::size_t value) {
  C3dParameter& parameter = parameter_of(groups, group, name);
  const bool was_real = std::holds_alternative<std::vector<float>>(parameter.values);
  if (was_real || value > 65535) {
    parameter.values = std::vector<float>{static_cast<float>(value)};
  } else {
    parameter.values =
        std::vector<std::int16_t>{static_cast<std::int16_t>(static_cast<std::uint16_t>(value))};
  }
  parameter.dims.clear();
}

void set_reals(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::vector<int> dims, std::vector<float> values) {
  C3dParameter& parameter = parameter_of(groups, group, name);
  parameter.dims = std::move(dims);
  parameter.values = std::move(values);
}

void set_words(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::vector<int> dims, std::vector<std::int16_t> values) {
  C3dParameter& parameter = parameter_of(groups, group, name);
  parameter.dims = std::move(dims);
  parameter.values = std::move(values);
}

Result<void> set_texts(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
                       const std::vector<std::string>& texts) {
  std::size_t width = 4;
  for (const std::string& text : texts) width = std::max(width, text.size());
  if (width > kMostInList) {
    return fail(Errc::kUnsupported,
                "a text of " + std::to_string(width) + " bytes is longer than C3D can hold (255)",
                std::string(group) + ":" + std::string(name), "shorten it");
  }
  const int parts = for_each_part(
      texts.size(), name, [&](const std::string& part, std::size_t first, std::size_t last) {
        std::string all;
        for (std::size_t i = first; i < last; ++i) {
          all += texts[i];
          all.append(width - texts[i].size(), ' ');
        }
        C3dParameter& parameter = parameter_of(groups, group, part);
        parameter.dims = {static_cast<int>(width), static_cast<int>(last - first)};
        parameter.values = std::move(all);
      });
  erase_rest(groups, group, name, parts);
  return {};
}

void set_long_reals(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
                    const std::vector<float>& values) {
  const int parts = for_each_part(
      values.size(), name, [&](const std::string& part, std::size_t first, std::size_t last) {
        const auto begin = values.begin();
        set_reals(groups, group, part, {static_cast<int>(last - first)},
                  {begin + static_cast<std::ptrdiff_t>(first),
                   begin + static_cast<std::ptrdiff_t>(last)});
      });
  erase_rest(groups, group, name, parts);
}

Result<C3dOrder> renew_points(const Recording& recording, std::vector<C3dGroup>& groups) {
  const std::size_t n_markers = recording.points.labels.size();
  const std::size_t n_points = n_markers + recording.outputs.size();
  if (n_points > 65535) {
    return fail(Errc::kUnsupported,
                std::to_string(n_points) + " points are more than C3D can hold (65535)",
                recording.points.name, "leave out unlabelled points");
  }
  std::vector<std::string> notes;
  const C3dPoints named = name_points(groups, n_points, notes);
  C3dOrder order{named.output};
  if (find_parameter(groups, "POINT", "LABELS") != nullptr &&
      named.labels == recording.points.labels && all_same(named.outputs, recording.outputs)) {
    return order;
  }
  // As many of each as before: these are the same points with other names.
  if (named.labels.size() != n_markers) {
    order.output.assign(n_markers, -1);
    for (std::size_t i = 0; i < recording.outputs.size(); ++i) {
      order.output.push_back(static_cast<int>(i));
    }
  }
  std::vector<std::string> labels;
  std::size_t marker = 0;
  for (const int output : order.output) {
    labels.push_back(as_utf8(output < 0
                                 ? recording.points.labels[marker++]
                                 : recording.outputs[static_cast<std::size_t>(output)].label));
  }
  CATENA_CHECK(set_texts(groups, "POINT", "LABELS", labels));
  erase_rest(groups, "POINT", "DESCRIPTIONS", 1);  // they followed the old order
  CATENA_CHECK(renew_outputs(recording.outputs, groups));
  return order;
}

Result<void> renew_channels(const AnalogRecording& analog, std::vector<C3dGroup>& groups) {
  std::vector<std::string> notes;
  std::vector<std::string> units = analog.units;
  units.resize(analog.labels.size());
  const C3dChannels named = name_channels(groups, analog.labels.size(), notes);
  const bool has_lists = find_parameter(groups, "ANALOG", "LABELS") != nullptr &&
                         find_parameter(groups, "ANALOG", "UNITS") != nullptr;
  if (has_lists && named.labels == analog.labels && named.units == units) return {};
  std::vector<std::string> labels;
  for (const std::string& label : analog.labels) labels.push_back(as_utf8(label));
  for (std::string& unit : units) unit = as_utf8(unit);
  CATENA_CHECK(set_texts(groups, "ANALOG", "LABELS", labels));
  CATENA_CHECK(set_texts(groups, "ANALOG", "UNITS", units));
  erase_rest(groups, "ANALOG", "DESCRIPTIONS", 1);
  return {};
}

Result<void> renew_meaning(const Recording& recording, const C3dLayout& layout, double per_metre,
                           std::vector<C3dGroup>& groups) {
  std::vector<std::string> notes;
  const bool has_plates = find_group(groups, "FORCE_PLATFORM") != nullptr;
  if (!has_plates || !all_same(read_plates(groups, layout, per_metre, notes), recording.plates)) {
    renew_plates(recording.plates, layout, per_metre, groups);
  }
  if (!all_same(read_group_events(groups, notes), recording.events)) {
    CATENA_CHECK(renew_events(recording.events, groups));
  }
  if (subject_of(groups) != recording.subject) {
    set_count(groups, "SUBJECTS", "USED", 1);
    CATENA_CHECK(set_texts(groups, "SUBJECTS", "NAMES", {recording.subject}));
  }
  if (maker_of(groups) != recording.maker) {
    for (const char* name : {"COMPANY", "VERSION", "VERSION_LABEL"}) {
      erase_parameter(groups, "MANUFACTURER", name);
    }
    CATENA_CHECK(set_texts(groups, "MANUFACTURER", "SOFTWARE", {recording.maker}));
  }
  return {};
}

}  // namespace catena
