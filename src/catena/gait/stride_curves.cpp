#include "catena/gait/stride_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/units.h"
#include "catena/gait/stride_bands.h"
#include "catena/gait/stride_outliers.h"
#include "catena/gait/stride_sampling.h"
#include "catena/math/student_t.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// Below this an angle does not move: a locked joint. 0.00006 degrees.
constexpr double kNoMotionRad = 1e-6;

// A stride nearer to the others than this is like them, however alike those are: pages show tenths
// of a degree, and contacts are not known to 5 ms.
constexpr double kLeastDistanceRad = 0.1 * kRadPerDeg;
constexpr double kLeastDelayS = 0.005;

double mean_of_known(const Eigen::VectorXd& values) {
  const auto known = !values.array().isNaN();
  return known.select(values.array(), 0.0).sum() / static_cast<double>(known.count());
}

/// Strides of a side, in their order.
std::vector<Stride> strides_of_side(std::span<const Stride> strides, Side side) {
  std::vector<Stride> own;
  for (const Stride& stride : strides) {
    if (stride.side == side) own.push_back(stride);
  }
  return own;
}

bool moves(const Eigen::MatrixXd& curves_rad) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : curves_rad.reshaped()) {
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return high - low > kNoMotionRad;
}

/// What one channel says against one stride.
struct Objection {
  std::string channel;
  double in_sd = 0.0;
  std::string reason;
};

/// Where a stride leaves the others farthest in one channel; in_sd 0: nowhere.
struct Departure {
  OutlierRule::Outlier outlier;
  int part = 0;
};

std::string reason_of(const AngleMeaning& angle, const Departure& departure) {
  const double by_deg = departure.outlier.from_others * kDegPerRad;
  constexpr int kPercentsOfPart = 100 / kStrideParts;
  return fmt::format(
      "{} is {:.1f} deg {} the other strides' mean at {} to {} % of the stride, {:.0f} times their "
      "SD",
      angle.label, std::abs(by_deg), by_deg > 0.0 ? "above" : "below",
      departure.part * kPercentsOfPart, (departure.part + 1) * kPercentsOfPart,
      std::abs(departure.outlier.in_sd));
}

/// The farthest departure of each stride.
std::vector<Departure> departures_of(const Eigen::MatrixXd& strides_rad, OutlierRule& rule) {
  std::vector<Departure> worst(static_cast<std::size_t>(strides_rad.rows()));
  const Eigen::MatrixXd parts_rad = means_of_parts(strides_rad);
  for (int part = 0; part < kStrideParts; ++part) {
    for (const OutlierRule::Outlier& outlier : rule.find(parts_rad.col(part))) {
      if (std::abs(outlier.from_others) < kLeastDistanceRad) continue;
      Departure& of_stride = worst[static_cast<std::size_t>(outlier.index)];
      if (std::abs(outlier.in_sd) <= std::abs(of_stride.outlier.in_sd)) continue;
      of_stride = {outlier, part};
    }
  }
  return worst;
}

void object_to_durations(const std::vector<Stride>& strides, OutlierRule& rule,
                         std::vector<std::vector<Objection>>& objections) {
  Eigen::VectorXd duration_s(static_cast<Eigen::Index>(strides.size()));
  for (std::size_t i = 0; i < strides.size(); ++i) {
    duration_s[static_cast<Eigen::Index>(i)] = strides[i].to_s - strides[i].from_s;
  }
  for (const OutlierRule::Outlier& outlier : rule.find(duration_s)) {
    if (std::abs(outlier.from_others) < kLeastDelayS) continue;
    const double this_s = duration_s[outlier.index];
    objections[static_cast<std::size_t>(outlier.index)].push_back(
        {"stride_time", std::abs(outlier.in_sd),
         fmt::format("it lasts {:.2f} s where the others' mean is {:.2f} s: a contact may be wrong",
                     this_s, this_s - outlier.from_others)});
  }
}

void find_outliers(const StrideCurveOptions& options, StrideCurves& out) {
  std::vector<const StrideCurve*> judged;
  for (const StrideCurve& curve : out.curves) {
    if (moves(curve.strides_rad)) judged.push_back(&curve);
  }
  // Shared between all comparisons (Bonferroni): parts of a stride and angles hang together, so the
  // true rate is lower. One more for the duration.
  OutlierRule rule(options.false_outlier_rate /
                   static_cast<double>(judged.size() * kStrideParts + 1));
  std::vector<std::vector<Objection>> objections(out.strides.size());
  for (const StrideCurve* curve : judged) {
    const std::vector<Departure> departures = departures_of(curve->strides_rad, rule);
    for (std::size_t i = 0; i < departures.size(); ++i) {
      const double in_sd = std::abs(departures[i].outlier.in_sd);
      if (in_sd == 0.0) continue;
      objections[i].push_back({curve->angle.name, in_sd, reason_of(curve->angle, departures[i])});
    }
  }
  object_to_durations(out.strides, rule, objections);
  for (std::size_t i = 0; i < objections.size(); ++i) {
    std::vector<Objection>& against = objections[i];
    if (against.empty()) continue;
    std::stable_sort(against.begin(), against.end(),
                     [](const Objection& a, const Objection& b) { return a.in_sd > b.in_sd; });
    StrideOutlier outlier{
        static_cast<int>(i), out.strides[i].from_s, against[0].channel, {}, against[0].reason};
    for (std::size_t k = 1; k < against.size(); ++k) {
      outlier.other_channels.push_back(against[k].channel);
    }
    out.outliers.push_back(std::move(outlier));
    out.left_out[i] = true;
  }
}

/// Reads one stride: value and percent.
using ReadStride = CurvePeak (*)(const Eigen::RowVectorXd& curve, double toe_off_percent);

int whole_percent(double percent) { return static_cast<int>(std::lround(percent)); }

struct ValueKind {
  const char* name;
  ReadStride read;
};

constexpr std::array<ValueKind, 7> kValueKinds = {{
    {"maximum", [](const Eigen::RowVectorXd& c, double) { return highest(c, 0, 100); }},
    {"minimum", [](const Eigen::RowVectorXd& c, double) { return lowest(c, 0, 100); }},
    {"range",
     [](const Eigen::RowVectorXd& c, double) {
       return CurvePeak{highest(c, 0, 100).value - lowest(c, 0, 100).value, kNan};
     }},
    {"at_contact", [](const Eigen::RowVectorXd& c, double) { return CurvePeak{c[0], 0.0}; }},
    {"at_toe_off",
     [](const Eigen::RowVectorXd& c, double toe_off) {
       return CurvePeak{value_between(c.transpose(), toe_off), toe_off};
     }},
    {"stance_maximum",
     [](const Eigen::RowVectorXd& c, double toe_off) {
       if (!(toe_off > 0.5)) return CurvePeak{kNan, kNan};
       return highest(c, 0, whole_percent(toe_off));
     }},
    {"stance_minimum",
     [](const Eigen::RowVectorXd& c, double toe_off) {
       if (!(toe_off > 0.5)) return CurvePeak{kNan, kNan};
       return lowest(c, 0, whole_percent(toe_off));
     }},
}};

/// Half widths in SD of one curve's intervals, whose numbers mostly come from as many strides.
struct StudentInterval {
  double correlation = 0.0, level = 0.0;
  int n = 0;
  double half = kNan;

  double half_in_sd(int n_strides) {
    if (n_strides < 2) return kNan;
    if (n_strides != n) {
      n = n_strides;
      const double n_free = std::max(2.0, free_strides(n, correlation));
      half = student_t_exceeded((1 - level) / 2, n_free - 1) / std::sqrt(n_free);
    }
    return half;
  }
};

/// Mean over the strides that are kept, with Student's interval.
void estimate_mean(const std::vector<bool>& left_out, StudentInterval& student, CurveValue& value) {
  double sum = 0.0;
  double sum_at = 0.0;
  int n = 0;
  const auto used = [&](Eigen::Index i) {
    return !left_out[static_cast<std::size_t>(i)] && !std::isnan(value.value_rad[i]);
  };
  for (Eigen::Index i = 0; i < value.value_rad.size(); ++i) {
    if (!used(i)) continue;
    sum += value.value_rad[i];
    sum_at += value.at_percent[i];
    ++n;
  }
  const double mean = n > 0 ? sum / n : kNan;
  double squares = 0.0;
  for (Eigen::Index i = 0; i < value.value_rad.size(); ++i) {
    if (used(i)) squares += (value.value_rad[i] - mean) * (value.value_rad[i] - mean);
  }
  value.sd_rad = n > 1 ? std::sqrt(squares / (n - 1)) : kNan;
  value.mean_at_percent = n > 0 ? sum_at / n : kNan;
  const double half = student.half_in_sd(n) * value.sd_rad;
  value.mean_rad = {mean, mean - half, mean + half, student.level,
                    fmt::format("mean of {} strides that resemble their neighbours by {:.2f}", n,
                                student.correlation)};
}

std::vector<CurveValue> values_of(const StrideCurve& curve, const StrideCurves& strides,
                                  double level) {
  const Eigen::Index n = curve.strides_rad.rows();
  std::vector<CurveValue> values(kValueKinds.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k].name = kValueKinds.at(k).name;
    values[k].value_rad.resize(n);
    values[k].at_percent.resize(n);
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::RowVectorXd stride = curve.strides_rad.row(i);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const CurvePeak read = kValueKinds.at(k).read(stride, strides.toe_off_percent[i]);
      values[k].value_rad[i] = read.value;
      values[k].at_percent[i] = read.percent;
    }
  }
  StudentInterval student{curve.kept.neighbour_correlation, level};
  for (CurveValue& value : values) estimate_mean(strides.left_out, student, value);
  return values;
}

/// Strides with lost frames, said once for all channels.
void note_gaps(StrideCurves& out) {
  std::vector<std::string> partly;
  for (std::size_t i = 0; i < out.strides.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const auto n_lost = std::count_if(out.curves.begin(), out.curves.end(), [&](const auto& c) {
      return c.strides_rad.row(row).array().isNaN().any();
    });
    if (n_lost == 0) continue;
    partly.push_back(fmt::format("{:.2f} s ({} of {} angles)", out.strides[i].from_s, n_lost,
                                 out.curves.size()));
  }
  if (partly.empty()) return;
  const std::size_t shown = std::min<std::size_t>(partly.size(), 5);
  std::string list = partly[0];
  for (std::size_t k = 1; k < shown; ++k) list += ", " + partly[k];
  if (shown < partly.size()) list += ", ...";
  out.notes.push_back(
      fmt::format("{} of {} strides of the {} leg are not known all the way, the "
                  "ones that begin at {}: what is lost of them is left out.",
                  partly.size(), out.strides.size(), kSideNames[out.side], list));
}

void read_toe_off(StrideCurves& out) {
  out.toe_off_percent.resize(static_cast<Eigen::Index>(out.strides.size()));
  for (std::size_t i = 0; i < out.strides.size(); ++i) {
    const Stride& stride = out.strides[i];
    out.toe_off_percent[static_cast<Eigen::Index>(i)] =
        100.0 * (stride.toe_off_s - stride.from_s) / (stride.to_s - stride.from_s);
  }
  out.mean_toe_off_percent = mean_of_known(out.toe_off_percent);
}

}  // namespace

StrideCurves stride_curves(std::span<const AngleChannel> channels, const Eigen::VectorXd& time_s,
                           std::span<const Stride> strides, std::span<const AngleChannel> standing,
                           const StrideCurveOptions& options) {
  StrideCurves out;
  if (channels.empty()) return out;
  out.side = channels.front().side;
  out.strides = strides_of_side(strides, out.side);
  out.left_out.assign(out.strides.size(), false);
  read_toe_off(out);
  const StrideSampler sampler(time_s, out.strides);
  for (const AngleChannel& channel : channels) {
    StrideCurve curve;
    curve.angle = channel.angle;
    curve.side = channel.side;
    curve.strides_rad = sampler.sample(channel.angle_rad);
    const AngleChannel* zero = find_angle(standing, channel.angle.name);
    curve.standing_rad = zero ? mean_of_known(zero->angle_rad) : kNan;
    out.curves.push_back(std::move(curve));
  }
  note_gaps(out);
  find_outliers(options, out);

  // Bands of both means; the same draws for every channel.
  const StrideBands bands(static_cast<int>(out.strides.size()), options);
  const std::vector<bool> none(out.strides.size(), false);
  for (StrideCurve& curve : out.curves) {
    curve.kept = bands.summarize(curve.strides_rad, out.left_out);
    curve.all = out.outliers.empty() ? curve.kept : bands.summarize(curve.strides_rad, none);
    curve.values = values_of(curve, out, options.interval_level);
  }
  return out;
}

const StrideCurve* find_curve(const StrideCurves& curves, const std::string& name) {
  const auto found = std::find_if(curves.curves.begin(), curves.curves.end(),
                                  [&](const StrideCurve& c) { return c.angle.name == name; });
  return found == curves.curves.end() ? nullptr : &*found;
}

Eigen::MatrixXd kept_strides(const StrideCurves& curves, const StrideCurve& curve,
                             bool from_standing) {
  const double zero_rad =
      from_standing && !std::isnan(curve.standing_rad) ? curve.standing_rad : 0.0;
  const auto n_kept = std::count(curves.left_out.begin(), curves.left_out.end(), false);
  Eigen::MatrixXd kept(n_kept, kStridePercents);
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < curves.left_out.size(); ++i) {
    if (curves.left_out[i]) continue;
    kept.row(row++) = curve.strides_rad.row(static_cast<Eigen::Index>(i)).array() - zero_rad;
  }
  return kept;
}

}  // namespace catena
