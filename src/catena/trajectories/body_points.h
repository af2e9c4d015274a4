// Which recorded points sit where on the body, as far as it is known.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

namespace catena {

/// Indices of points. All of it may be empty: then nothing is known of the labels.
struct BodyPoints {
  std::vector<Eigen::Index> pelvis;
  std::vector<Eigen::Index> pelvis_front, pelvis_back;  // ASIS; PSIS and sacrum
  std::array<std::vector<Eigen::Index>, 2> feet;        // right, left
  std::array<std::vector<Eigen::Index>, 2> heels, toes;
  std::array<std::vector<Eigen::Index>, 2> balls;  // of the toes those at metatarsal heads
  // The same landmark on either side of pelvis or trunk: right_of_pair[k] faces left_of_pair[k].
  std::vector<Eigen::Index> right_of_pair, left_of_pair;
};

}  // namespace catena
