#include "catena/analysis/cleaning.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/trajectories/clean.h"
#include "catena/trajectories/label_fit.h"

namespace catena {
namespace {

// A model whose markers were put where the runner's are is this near; one of average size is not,
// and says nothing about labels.
constexpr double kModelIsThisRunners_m = 0.010;  // NOLINT(readability-identifier-naming)

Result<void> repair(FittedRun& run, const MarkerClusters& clusters, const BodyShape* reference) {
  CATENA_TRY(cleaned, clean(run.trajectories, clusters, reference).map_error(placed_in(run.path)));
  run.trajectories = std::move(cleaned.trajectories);
  run.repairs = std::move(cleaned.repairs);
  const auto say = [&](const std::vector<Repair>& repairs, std::vector<std::string>& to) {
    const std::string words = in_few_words(repairs);
    if (!words.empty()) to.push_back(fmt::format("{}: {}.", run.file, words));
  };
  say(of_labels(run.repairs), run.warnings);
  say(of_paths(run.repairs), run.notes);
  return {};
}

/// The model's shape where it was made for this runner; else none, for it says nothing of labels.
const BodyShape* of_this_runner(const BodyShape* model, const FittedRun& run,
                                const MarkerClusters& clusters) {
  if (!model) return nullptr;
  const double misfit_m = shape_misfit_m(run.trajectories, clusters, *model);
  return misfit_m < kModelIsThisRunners_m ? model : nullptr;
}

bool whole(const Repair& repair, const FittedRun& run) {
  return repair.kind == RepairKind::kSwap && repair.first_frame == 0 &&
         repair.n_frames == run.trajectories.points_m.rows();
}

/// Whether the labels of one run agree with the shape of another for the whole recording.
Result<bool> agrees(const FittedRun& run, const MarkerClusters& clusters, const BodyShape& shape) {
  CleanOptions only_labels;
  only_labels.spikes = false;
  only_labels.gaps = false;
  CATENA_TRY(cleaned, clean(run.trajectories, clusters, &shape, only_labels));
  return std::none_of(cleaned.repairs.begin(), cleaned.repairs.end(),
                      [&](const Repair& r) { return whole(r, run); });
}

/// The shape of the run with which most others agree; none when no two agree.
Result<std::optional<BodyShape>> majority_shape(const std::vector<FittedRun>& runs,
                                                const MarkerClusters& clusters) {
  std::optional<BodyShape> best;
  std::size_t most = 0;
  for (const FittedRun& run : runs) {
    const BodyShape shape = describe_shape(run.trajectories, clusters);
    std::size_t n = 0;
    for (const FittedRun& other : runs) {
      if (&other == &run) continue;
      CATENA_TRY(same, agrees(other, clusters, shape));
      n += same ? 1 : 0;
    }
    if (n > most) {
      most = n;
      best = shape;
    }
    if (2 * n >= runs.size() - 1 && n > 0) break;
  }
  return best;
}

/// Labels that were exchanged for the whole of every run.
void warn_of_standing(FittedRun& standing, const std::vector<FittedRun>& runs) {
  if (runs.size() < 2) return;
  for (const Repair& first : runs.front().repairs) {
    if (!whole(first, runs.front())) continue;
    const bool everywhere = std::all_of(runs.begin(), runs.end(), [&](const FittedRun& run) {
      return std::any_of(run.repairs.begin(), run.repairs.end(), [&](const Repair& r) {
        return whole(r, run) && r.markers == first.markers;
      });
    });
    if (!everywhere) continue;
    std::string names;
    for (const std::string& marker : first.markers) {
      names += (names.empty() ? "" : " and ") + marker;
    }
    standing.warnings.push_back(
        fmt::format("{}: All runs have the labels of {} the other way round: it may be this trial "
                    "that is wrong, and a model made from it. Runs, trial and model agree now, so "
                    "the angles are the same either way.",
                    standing.file, names));
  }
}

/// model      nullptr: there is none
Result<void> clean_together(const MarkerClusters& clusters, const BodyShape* model,
                            std::optional<FittedRun>& standing, std::vector<FittedRun>& runs) {
  std::optional<BodyShape> reference;
  if (standing) {
    CATENA_CHECK(repair(*standing, clusters, of_this_runner(model, *standing, clusters)));
    reference = describe_shape(standing->trajectories, clusters);
  } else {
    CATENA_TRY(shape, majority_shape(runs, clusters));
    reference = std::move(shape);
  }
  for (FittedRun& run : runs) {
    CATENA_CHECK(
        repair(run, clusters, reference ? &*reference : of_this_runner(model, run, clusters)));
  }
  if (standing) warn_of_standing(*standing, runs);
  return {};
}

}  // namespace

MarkerClusters clusters_of(const Model& model) {
  MarkerClusters clusters;
  std::vector<int> cluster_of(model.bodies.size(), -1);
  for (const ModelMarker& marker : model.markers) {
    int& cluster = cluster_of[static_cast<std::size_t>(marker.body)];
    if (cluster < 0) {
      cluster = static_cast<int>(clusters.members.size());
      clusters.members.emplace_back();
    }
    clusters.members[static_cast<std::size_t>(cluster)].push_back(marker.name);
  }
  for (std::size_t body = 1; body < model.bodies.size(); ++body) {
    if (cluster_of[body] < 0) continue;
    int parent = model.joints[body - 1].parent;
    while (parent > kGround && cluster_of[static_cast<std::size_t>(parent)] < 0) {
      parent = model.joints[static_cast<std::size_t>(parent - 1)].parent;
    }
    if (parent > kGround) {
      clusters.joined.emplace_back(cluster_of[body], cluster_of[static_cast<std::size_t>(parent)]);
    }
  }
  return clusters;
}

BodyShape shape_of(const Model& model) {
  Eigen::VectorXd q(static_cast<Eigen::Index>(model.coordinates.size()));
  for (std::size_t i = 0; i < model.coordinates.size(); ++i) {
    q[static_cast<Eigen::Index>(i)] = model.coordinates[i].default_value;
  }
  const Pose pose = forward_kinematics(model, q);
  Trajectories upright;
  upright.points_m.resize(1, 3 * static_cast<Eigen::Index>(model.markers.size()));
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    const ModelMarker& marker = model.markers[m];
    upright.labels.push_back(marker.name);
    upright.points_m.block<1, 3>(0, 3 * static_cast<Eigen::Index>(m)) =
        (pose[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m).transpose();
  }
  BodyShape shape = describe_shape(upright, clusters_of(model));
  shape.largest_misfit_m = kModelIsThisRunners_m;
  return shape;
}

Result<void> clean_recordings(const BodySetup& body, std::optional<FittedRun>& standing,
                              std::vector<FittedRun>& runs) {
  const BodyShape model = shape_of(body.model);
  return clean_together(clusters_of(body.model), &model, standing, runs);
}

Result<void> clean_recordings(const MarkerClusters& clusters, std::optional<FittedRun>& standing,
                              std::vector<FittedRun>& runs) {
  return clean_together(clusters, nullptr, standing, runs);
}

}  // namespace catena
