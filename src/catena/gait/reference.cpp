#include "catena/gait/reference.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "catena/math/statistics.h"

namespace catena {
namespace {

using Eigen::Index;

constexpr int kFewestRunners = 3;
constexpr int kMostSingleQuantiles = 21;
constexpr double kSameSpeed = 0.05;    // as demands of a session
constexpr double kSameIncline = 0.25;  // percent

/// Recordings of several runners of one demand; row r are runner r's.
struct Group {
  std::vector<std::vector<const GaitProfile*>> by_runner;
  const GaitProfile* first = nullptr;
};

double incline_of(const GaitProfile& profile) {
  return std::isfinite(profile.incline_percent) ? profile.incline_percent : 0.0;
}

Result<void> check_alike(const std::vector<const GaitProfile*>& all) {
  const auto differ = [&](const char* what, const GaitProfile& other, const std::string& a,
                          const std::string& b) {
    const auto said = [](const std::string& text) { return text.empty() ? "unknown" : text; };
    return fail(Errc::kMismatch,
                fmt::format("{} and {} cannot stand in one reference: {} {} and {}",
                            all[0]->recording, other.recording, what, said(a), said(b)),
                "", "build one reference of each kind");
  };
  for (const GaitProfile* other : all) {
    if (other->convention != all[0]->convention) {
      return differ("their angles are made differently,", *other, all[0]->convention,
                    other->convention);
    }
    if (other->marker_set != all[0]->marker_set) {
      return differ("their marker sets are", *other, all[0]->marker_set, other->marker_set);
    }
    if (other->body != all[0]->body) {
      return differ("their bodies are", *other, all[0]->body, other->body);
    }
  }
  return {};
}

/// Runners in an order of their own, whatever order they were given in.
std::vector<std::vector<GaitProfile>> sorted_runners(
    std::vector<std::vector<GaitProfile>> runners) {
  const auto key = [](const GaitProfile& p) { return std::tie(p.runner, p.recording); };
  for (std::vector<GaitProfile>& profiles : runners) {
    std::ranges::stable_sort(profiles,
                             [&](const auto& a, const auto& b) { return key(a) < key(b); });
  }
  std::erase_if(runners, [](const auto& profiles) { return profiles.empty(); });
  std::ranges::stable_sort(
      runners, [&](const auto& a, const auto& b) { return key(a.front()) < key(b.front()); });
  return runners;
}

/// What has to agree for recordings to be one demand, but for the speed.
std::tuple<int, bool, double> kind_of(const GaitProfile& p) {
  return {static_cast<int>(p.gait), p.treadmill,
          std::round(incline_of(p) / kSameIncline) * kSameIncline};
}

std::vector<Group> groups_of(const std::vector<std::vector<GaitProfile>>& runners,
                             std::vector<std::string>& notes) {
  struct Entry {
    const GaitProfile* profile;
    std::size_t runner;
  };
  std::map<std::tuple<int, bool, double>, std::vector<Entry>> kinds;
  for (std::size_t r = 0; r < runners.size(); ++r) {
    for (const GaitProfile& p : runners[r]) {
      if (!std::isfinite(p.speed_m_s) || p.speed_m_s <= 0) {
        notes.push_back(fmt::format("{} is left out: its speed is not known.", p.recording));
      } else if (p.gait == Gait::kUnknown) {
        notes.push_back(fmt::format("{} is left out: neither running nor walking.", p.recording));
      } else {
        kinds[kind_of(p)].push_back({&p, r});
      }
    }
  }
  std::vector<Group> groups;
  for (auto& [kind, entries] : kinds) {
    std::ranges::stable_sort(entries, {}, [](const Entry& e) { return e.profile->speed_m_s; });
    double slowest = 0.0;
    for (const Entry& entry : entries) {
      const double speed = entry.profile->speed_m_s;
      if (groups.empty() || slowest == 0.0 || speed > slowest * (1 + kSameSpeed)) {
        slowest = speed;
        groups.push_back(
            {std::vector<std::vector<const GaitProfile*>>(runners.size()), entry.profile});
      }
      groups.back().by_runner[entry.runner].push_back(entry.profile);
    }
  }
  for (Group& group : groups) {
    std::erase_if(group.by_runner, [](const auto& profiles) { return profiles.empty(); });
  }
  return groups;
}

/// Modes whose squares add up to the covariance, the largest first; nothing of a single runner can
/// be told from them. Signs are set so that the farthest value is positive.
Eigen::MatrixXd covariance_factors(const Eigen::MatrixXd& curves) {
  const Eigen::MatrixXd residuals = curves.rowwise() - curves.colwise().mean();
  const double scale = 1.0 / std::sqrt(static_cast<double>(curves.rows() - 1));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(residuals * residuals.transpose());
  const double most = modes.eigenvalues().maxCoeff();
  std::vector<Eigen::RowVectorXd> kept;
  for (Index k = curves.rows() - 1; k >= 0; --k) {
    if (!(modes.eigenvalues()[k] > 1e-12 * most)) break;
    Eigen::RowVectorXd mode = scale * modes.eigenvectors().col(k).transpose() * residuals;
    Index farthest = 0;
    mode.cwiseAbs().maxCoeff(&farthest);
    if (mode[farthest] < 0) mode = -mode;
    kept.push_back(mode);
  }
  Eigen::MatrixXd factors(static_cast<Index>(kept.size()), curves.cols());
  for (std::size_t k = 0; k < kept.size(); ++k) factors.row(static_cast<Index>(k)) = kept[k];
  return factors;
}

using CurveKey = std::tuple<std::string, int, bool>;
using ScalarKey = std::tuple<std::string, int, std::string>;

/// Each runner's mean curve of each kind, over all strides of the condition.
std::map<CurveKey, std::vector<Eigen::RowVectorXd>> mean_curves(const Group& group) {
  std::map<CurveKey, std::vector<Eigen::RowVectorXd>> means;
  for (const auto& profiles : group.by_runner) {
    std::map<CurveKey, std::pair<Eigen::RowVectorXd, double>> sums;
    for (const GaitProfile* profile : profiles) {
      for (const ProfileCurve& curve : profile->curves) {
        if (curve.strides_rad.cols() != kStridePercents) continue;
        auto& [sum, count] = sums[{curve.name, curve.side, curve.from_standing}];
        if (sum.size() == 0) sum = Eigen::RowVectorXd::Zero(kStridePercents);
        for (Index i = 0; i < curve.strides_rad.rows(); ++i) {
          if (!curve.strides_rad.row(i).allFinite()) continue;
          sum += curve.strides_rad.row(i);
          count += 1;
        }
      }
    }
    for (const auto& [key, sum] : sums) {
      if (sum.second > 0) means[key].push_back(sum.first / sum.second);
    }
  }
  return means;
}

std::map<ScalarKey, std::vector<double>> mean_scalars(const Group& group) {
  std::map<ScalarKey, std::vector<double>> means;
  for (const auto& profiles : group.by_runner) {
    std::map<ScalarKey, std::pair<double, double>> sums;
    for (const GaitProfile* profile : profiles) {
      for (const ProfileScalar& scalar : profile->scalars) {
        auto& [sum, count] = sums[{scalar.name, scalar.side, scalar.unit}];
        for (const double value : scalar.strides) {
          if (!std::isfinite(value)) continue;
          sum += value;
          count += 1;
        }
      }
    }
    for (const auto& [key, sum] : sums) {
      if (sum.second > 0) means[key].push_back(sum.first / sum.second);
    }
  }
  return means;
}

Result<ReferenceCurve> reference_curve(const CurveKey& key,
                                       const std::vector<Eigen::RowVectorXd>& means,
                                       const ReferenceOptions& options) {
  Eigen::MatrixXd curves(static_cast<Index>(means.size()), kStridePercents);
  for (std::size_t r = 0; r < means.size(); ++r) curves.row(static_cast<Index>(r)) = means[r];
  BandOptions band_options;
  band_options.level = options.level;
  band_options.seed = options.seed;
  CATENA_TRY(band, prediction_band(curves, band_options));
  ReferenceCurve curve;
  curve.name = std::get<0>(key);
  curve.side = static_cast<Side>(std::get<1>(key));
  curve.from_standing = std::get<2>(key);
  curve.n = band.n;
  curve.mean_rad = band.mean;
  curve.factors_rad = covariance_factors(curves);
  curve.multiplier = band.multiplier;
  curve.method = band.method;
  curve.n_inside_left_out = n_inside_when_left_out(curves, band_options);
  return curve;
}

ReferenceScalar reference_scalar(const ScalarKey& key, const std::vector<double>& means) {
  ReferenceScalar scalar;
  scalar.name = std::get<0>(key);
  scalar.side = static_cast<Side>(std::get<1>(key));
  scalar.unit = std::get<2>(key);
  scalar.n = static_cast<int>(means.size());
  const Index n = std::min(scalar.n, kMostSingleQuantiles);
  scalar.p = Eigen::VectorXd::LinSpaced(n, 0.0, 1.0);
  const std::vector<double> values = quantiles(means, {scalar.p.data(), static_cast<size_t>(n)});
  scalar.value = Eigen::Map<const Eigen::VectorXd>(values.data(), n);
  return scalar;
}

Result<ReferenceCondition> condition_of(const Group& group, const ReferenceOptions& options) {
  ReferenceCondition condition;
  condition.gait = group.first->gait;
  condition.treadmill = group.first->treadmill;
  condition.incline_percent = incline_of(*group.first);
  condition.n_runners = static_cast<int>(group.by_runner.size());
  for (const auto& profiles : group.by_runner) {
    double speed = 0.0;
    for (const GaitProfile* profile : profiles) speed += profile->speed_m_s;
    condition.speed_m_s += speed / static_cast<double>(profiles.size()) / condition.n_runners;
    condition.n_female += profiles[0]->sex == "female" ? 1 : 0;
    condition.n_male += profiles[0]->sex == "male" ? 1 : 0;
  }
  for (const auto& [key, means] : mean_curves(group)) {
    if (static_cast<int>(means.size()) < kFewestRunners) continue;
    CATENA_TRY(curve, reference_curve(key, means, options));
    condition.curves.push_back(std::move(curve));
  }
  for (const auto& [key, means] : mean_scalars(group)) {
    if (static_cast<int>(means.size()) < kFewestRunners) continue;
    condition.scalars.push_back(reference_scalar(key, means));
  }
  return condition;
}

}  // namespace

Eigen::VectorXd ReferenceCurve::sd_rad() const { return factors_rad.colwise().norm().transpose(); }

Result<Reference> build_reference(const std::vector<std::vector<GaitProfile>>& runners,
                                  const ReferenceOptions& options) {
  const std::vector<std::vector<GaitProfile>> sorted = sorted_runners(runners);
  std::vector<const GaitProfile*> all;
  for (const auto& profiles : sorted) {
    for (const GaitProfile& profile : profiles) all.push_back(&profile);
  }
  if (all.empty())
    return fail(Errc::kMissingData, "there are no recordings to make a reference of");
  CATENA_CHECK(check_alike(all));
  Reference reference;
  reference.source = options.source;
  reference.convention = all[0]->convention;
  reference.marker_set = all[0]->marker_set;
  reference.body = all[0]->body;
  reference.level = options.level;
  reference.seed = options.seed;
  int most = 0;
  for (const Group& group : groups_of(sorted, reference.notes)) {
    const int n = static_cast<int>(group.by_runner.size());
    most = std::max(most, n);
    if (n < kFewestRunners) {
      reference.notes.push_back(fmt::format(
          "{} at {:.2f} m/s is left out: {} of {} runners did it, and three are needed.",
          kGaitNames[static_cast<std::size_t>(group.first->gait)], group.first->speed_m_s, n,
          sorted.size()));
      continue;
    }
    CATENA_TRY(condition, condition_of(group, options));
    reference.conditions.push_back(std::move(condition));
  }
  if (reference.conditions.empty()) {
    return fail(Errc::kMissingData,
                fmt::format("no speed was run by three runners, but by {} at most", most), "",
                "give recordings of more runners at speeds within 5 % of each other");
  }
  return reference;
}

}  // namespace catena
