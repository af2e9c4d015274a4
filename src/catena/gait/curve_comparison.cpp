#include "catena/gait/curve_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "catena/core/normal_estimate.h"
#include "catena/gait/profile_words.h"
#include "catena/math/student_t.h"

namespace catena {
namespace {

using Eigen::Index;

constexpr double kSameSpeed = 0.05;

/// Rows of one curve whose strides begin inside a stride of the other: right against left.
std::vector<std::pair<Index, Index>> stride_pairs(const ProfileCurve& right,
                                                  const ProfileCurve& left) {
  std::vector<std::pair<Index, Index>> pairs;
  if (right.from_s.size() != right.strides_rad.rows() ||
      left.from_s.size() != left.strides_rad.rows() || right.from_s.size() < 2) {
    return pairs;
  }
  // Strides left out make gaps: the shortest step from one to the next is a stride.
  const Index n = right.from_s.size();
  const double stride_s = (right.from_s.tail(n - 1) - right.from_s.head(n - 1)).minCoeff();
  Index l = 0;
  for (Index r = 0; r < n; ++r) {
    while (l < left.from_s.size() && left.from_s[l] <= right.from_s[r]) ++l;
    if (l == left.from_s.size()) break;
    if (left.from_s[l] < right.from_s[r] + stride_s) pairs.emplace_back(r, l);
  }
  return pairs;
}

bool is_complete(const Eigen::MatrixXd& strides) {
  return strides.rows() > 0 && strides.cols() == kStridePercents && strides.allFinite();
}

std::string sentence_of(const CurveDifference& d, double alpha) {
  const std::string name = curve_words(d.name, d.side, d.from_standing);
  if (!d.why.empty()) return fmt::format("{} is not compared: {}.", name, d.why);
  if (std::ranges::none_of(d.spans, is_told)) {
    return fmt::format("{}: no difference shown at {:.0f} %.", name, 100 * alpha);
  }
  std::string spans;
  int n_small = 0;
  double largest_small_rad = 0.0;
  for (const DifferenceSpan& span : d.spans) {
    if (!is_told(span)) continue;
    if (!span.is_detectable) {
      ++n_small;
      if (std::abs(span.largest_rad) > std::abs(largest_small_rad)) {
        largest_small_rad = span.largest_rad;
      }
      continue;
    }
    spans +=
        fmt::format("{}from {:.0f} to {:.0f} % by up to {:+.1f} deg", spans.empty() ? "" : ", ",
                    span.from_percent, span.to_percent, span.largest_rad * kDegPerRad);
  }
  const std::string small =
      fmt::format("up to {:+.1f} deg, not distinguishable from measurement error",
                  largest_small_rad * kDegPerRad);
  if (spans.empty()) return fmt::format("{} differs by {}.", name, small);
  if (n_small > 0) spans += fmt::format("; elsewhere by {}", small);
  return fmt::format("{} differs {}.", name, spans);
}

/// In words that are the same for all that fail alike, so that they can be told together.
std::string why_not(const Error& error) {
  return error.code == Errc::kMissingData
             ? "its strides are too few to compare, or worth too few independent ones"
             : error.what;
}

void add_spans(CurveDifference& d) {
  for (const CurveCluster& cluster : d.test.clusters) {
    DifferenceSpan span;
    span.from_percent = cluster.from;
    span.to_percent = cluster.to;
    // By its height: the width alone says little of a narrow, tall difference.
    span.p =
        std::min(1.0, 2 * probability_of_peak(std::abs(cluster.peak_t), d.test.dof, d.test.resels));
    const auto first = static_cast<Index>(std::ceil(cluster.from));
    const auto last = static_cast<Index>(std::floor(cluster.to));
    for (Index i = first; i <= last; ++i) {
      if (std::abs(d.test.difference[i]) > std::abs(span.largest_rad)) {
        span.largest_rad = d.test.difference[i];
      }
    }
    span.is_detectable = std::abs(span.largest_rad) >= d.detectable_rad;
    d.spans.push_back(span);
  }
}

/// The test of strides that are made ready; rows of a paired one belong together.
void set_test(const Eigen::MatrixXd& first, const Eigen::MatrixXd& second, double alpha,
              CurveDifference& d) {
  d.n_strides = {static_cast<int>(first.rows()), static_cast<int>(second.rows())};
  d.first_rad = first.colwise().mean().transpose();
  d.second_rad = second.colwise().mean().transpose();
  CurveTestOptions options;
  options.alpha = alpha;
  if (d.is_paired) {
    const double n = effective_count(second - first);
    d.n_independent = {n, n};
  } else {
    d.n_independent = {effective_count(first), effective_count(second)};
  }
  // Second minus first: the second sample comes first.
  options.effective_n = {d.n_independent[1], d.n_independent[0]};
  auto test = d.is_paired ? paired_t(second, first, options) : two_sample_t(second, first, options);
  if (!test) {
    d.why = why_not(test.error());
    return;
  }
  d.test = std::move(*test);
  add_spans(d);
}

CurveDifference difference_of(const ProfileCurve& first, const ProfileCurve& second,
                              double detectable_rad, double alpha) {
  CurveDifference d;
  d.name = first.name;
  d.side = first.side;
  d.from_standing = first.from_standing;
  d.detectable_rad = detectable_rad;
  if (!is_complete(first.strides_rad) || !is_complete(second.strides_rad)) {
    d.why = "a recording has no complete stride of it";
  } else if (const auto pairs = stride_pairs(first, second);
             first.side != second.side && pairs.size() >= 3) {
    d.is_paired = true;
    Eigen::MatrixXd a(static_cast<Index>(pairs.size()), kStridePercents);
    Eigen::MatrixXd b(a.rows(), kStridePercents);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      a.row(static_cast<Index>(i)) = first.strides_rad.row(pairs[i].first);
      b.row(static_cast<Index>(i)) = second.strides_rad.row(pairs[i].second);
    }
    set_test(a, b, alpha, d);
  } else {
    set_test(first.strides_rad, second.strides_rad, alpha, d);
  }
  d.sentence = sentence_of(d, alpha);
  return d;
}

/// Those that are known, as a curve without length: the test of curves is then the test of numbers.
Eigen::MatrixXd flat_curves(const ProfileScalar& scalar) {
  Eigen::MatrixXd flat(scalar.strides.size(), 2);
  Index n = 0;
  for (const double value : scalar.strides) {
    if (std::isfinite(value)) flat.row(n++).setConstant(value);
  }
  return flat.topRows(n);
}

/// The difference with its interval, once the strides' own error is known.
void set_difference(double off, const CurveTest& test, double alpha, ScalarDifference& d) {
  const double scatter = test.t[0] != 0 ? std::abs(off / test.t[0]) : 0.0;
  const double error = std::hypot(scatter, d.shared_sd);
  double dof = test.dof;
  d.p = test.p;
  if (d.shared_sd > 0) {
    // Welch & Satterthwaite: the shared error's SD is taken as known.
    dof = scatter > 0 ? test.dof * std::pow(error / scatter, 4)
                      : std::numeric_limits<double>::infinity();
    d.p = 2 * student_t_above(std::abs(off) / error, dof);
  }
  const double half = error * student_t_exceeded(alpha / 2, dof);
  d.difference = {off, off - half, off + half, 1 - alpha,
                  "scatter of strides, as many as are independent of each other"};
  if (d.shared_sd > 0) d.difference.source += "; and the error that all strides share";
  d.is_shown = test.p < alpha;
  // Of 20 differences that are nothing but the shared error, 19 are smaller.
  d.is_detectable = d.is_shown && d.p < alpha && std::abs(off) >= kNormal95 * d.shared_sd;
}

std::string sentence_of(const ScalarDifference& d, double alpha) {
  const std::string name = scalar_words(d.name, d.side);
  if (!d.why.empty()) return fmt::format("{} is not compared: {}.", name, d.why);
  if (!d.is_shown) return fmt::format("{}: no difference shown at {:.0f} %.", name, 100 * alpha);
  const ShownUnit shown = shown_unit(d.name, d.unit);
  return fmt::format("{} differs by {} ({} to {}){}.", name,
                     shown.difference(d.difference.value) + shown.words,
                     shown.difference(d.difference.low), shown.difference(d.difference.high),
                     d.is_detectable ? "" : ", not distinguishable from measurement error");
}

ScalarDifference difference_of(const ProfileScalar& first, const ProfileScalar& second,
                               double alpha) {
  ScalarDifference d;
  d.name = first.name;
  d.unit = first.unit;
  d.side = first.side;
  d.shared_sd = std::hypot(first.shared_sd, second.shared_sd);
  const Eigen::MatrixXd a = flat_curves(first);
  const Eigen::MatrixXd b = flat_curves(second);
  if (a.rows() == 0 || b.rows() == 0) {
    d.why = "a recording has no stride that shows it";
  } else if (!std::isfinite(d.shared_sd)) {
    d.why = "the error that all strides of a recording share is not known";
  } else {
    CurveTestOptions options;
    options.alpha = alpha;
    options.effective_n = {effective_count(b), effective_count(a)};
    if (const auto test = two_sample_t(b, a, options)) {
      d.first = a.col(0).mean();
      d.second = b.col(0).mean();
      set_difference(test->difference[0], *test, alpha, d);
    } else {
      d.why = why_not(test.error());
    }
  }
  d.sentence = sentence_of(d, alpha);
  return d;
}

Result<void> check_alike(const GaitProfile& a, const GaitProfile& b) {
  const auto refuse = [&](const std::string& why) {
    return fail(Errc::kMismatch,
                fmt::format("{} and {} cannot be compared: {}", a.recording, b.recording, why));
  };
  if (a.gait != b.gait) {
    return refuse(fmt::format("one is {}, the other {}",
                              kGaitNames[static_cast<std::size_t>(a.gait)],
                              kGaitNames[static_cast<std::size_t>(b.gait)]));
  }
  if (a.convention != b.convention) return refuse("their angles are made differently");
  if (a.marker_set != b.marker_set) return refuse("they have other marker sets");
  if (a.body != b.body) return refuse("they were solved with other kinds of bodies");
  return {};
}

void add_notes(const GaitProfile& a, const GaitProfile& b, CurveComparison& result) {
  if (std::abs(a.speed_m_s - b.speed_m_s) > kSameSpeed * a.speed_m_s) {
    result.notes.push_back(
        fmt::format("The speeds differ ({:.2f} and {:.2f} m/s): so do angles and times for that "
                    "reason alone.",
                    a.speed_m_s, b.speed_m_s));
  }
  if (a.treadmill != b.treadmill) {
    result.notes.push_back(
        "One is on a treadmill and one over the ground, which shifts angles by "
        "a few degrees.");
  }
  if (a.runner != b.runner) {
    result.notes.push_back(
        fmt::format("These are two runners ({} and {}): strides scatter less "
                    "than runners differ.",
                    a.runner, b.runner));
  }
}

void add_chance_note(double alpha, CurveComparison& result) {
  const auto is_compared = [](const auto& d) { return d.why.empty(); };
  const auto n = static_cast<double>(std::ranges::count_if(result.curves, is_compared) +
                                     std::ranges::count_if(result.scalars, is_compared));
  if (n < 2) return;
  result.notes.push_back(
      fmt::format("{:.0f} comparisons are made: about {:.1f} would show a difference by chance.", n,
                  n * alpha));
}

}  // namespace

Result<CurveComparison> compare_recordings(const GaitProfile& first, const GaitProfile& second,
                                           const CurveComparisonOptions& options) {
  CATENA_CHECK(check_alike(first, second));
  CurveComparison result;
  result.first = first.recording;
  result.second = second.recording;
  const double detectable =
      options.same_markers ? options.same_markers_rad : options.new_markers_rad;
  for (const ProfileCurve& a : first.curves) {
    for (const ProfileCurve& b : second.curves) {
      if (a.name != b.name || a.side != b.side || a.from_standing != b.from_standing) continue;
      result.curves.push_back(difference_of(a, b, detectable, options.alpha));
    }
  }
  for (const ProfileScalar& a : first.scalars) {
    for (const ProfileScalar& b : second.scalars) {
      if (a.name != b.name || a.side != b.side || a.unit != b.unit) continue;
      // What a gait does not have (running no double support) is no finding.
      if (!std::isfinite(finite_mean(a.strides)) && !std::isfinite(finite_mean(b.strides)))
        continue;
      result.scalars.push_back(difference_of(a, b, options.alpha));
    }
  }
  add_notes(first, second, result);
  result.notes.push_back("Strides of two recordings are two samples: none belongs to another.");
  add_chance_note(options.alpha, result);
  return result;
}

CurveComparison compare_sides(const GaitProfile& profile, const CurveComparisonOptions& options) {
  CurveComparison result;
  result.first = kSideNames[kRight];
  result.second = kSideNames[kLeft];
  bool all_paired = true;
  for (const ProfileCurve& a : profile.curves) {
    if (a.side != kRight) continue;
    for (const ProfileCurve& b : profile.curves) {
      if (b.side != kLeft || a.name != b.name || a.from_standing != b.from_standing) continue;
      // Each side's markers were put on for themselves.
      result.curves.push_back(difference_of(a, b, options.new_markers_rad, options.alpha));
      all_paired = all_paired && result.curves.back().is_paired;
    }
  }
  for (CurveDifference& d : result.curves) {
    // "Right hip flexion differs" would be said of one side only.
    d.sentence.replace(0, d.sentence.find(' '), "Left minus right:");
  }
  result.notes.push_back(all_paired
                             ? "Each right stride is paired with the left one that begins in it."
                             : "Strides could not be paired: right and left are two samples.");
  add_chance_note(options.alpha, result);
  return result;
}

}  // namespace catena
