#include "catena/trajectories/piece_swaps.h"

#include <algorithm>
#include <cmath>

#include "catena/trajectories/label_fit.h"

namespace catena {
namespace {

/// Frames of a label between two long losses.
struct Piece {
  Eigen::Index first = 0;
  Eigen::Index last = 0;
};

std::vector<Piece> pieces_of(const LabelledPoints& labelled, int point, Eigen::Index long_loss) {
  std::vector<Piece> pieces;
  for (Eigen::Index f = 0; f < labelled.points_m.rows(); ++f) {
    if (std::isnan(labelled.points_m(f, 3 * point))) continue;
    if (!pieces.empty() && f - pieces.back().last <= long_loss) {
      pieces.back().last = f;
    } else {
      pieces.push_back({f, f});
    }
  }
  return pieces;
}

class PieceSwaps {
 public:
  PieceSwaps(LabelledPoints& labelled, const PointClusters& clusters, const BodyShape& shape,
             double rate_hz)
      : labelled_(labelled),
        clusters_(clusters),
        shape_(shape),
        long_loss_(longest_loss(rate_hz)),
        shortest_(static_cast<Eigen::Index>(0.1 * rate_hz)) {}

  void run() {
    const int n = static_cast<int>(labelled_.sources.size());
    for (int point = 0; point < n; ++point) {
      // Every exchange makes two labels fit; more rounds than labels would go in circles.
      for (int round = 0; round < n && exchange_one(point); ++round) {
      }
    }
  }

 private:
  [[nodiscard]] LabelMisfit misfit(const std::vector<int>& pair, const LabelSources& sources,
                                   const Piece& piece) const {
    constexpr Eigen::Index kMostFrames = 20;
    return label_misfit(labelled_.points_m, clusters_, shape_, pair, sources,
                        some_frames(piece.first, piece.last, kMostFrames));
  }

  /// Whether a cluster with this label fits its shape badly in this piece.
  [[nodiscard]] bool suspect(int point, const Piece& piece) const {
    constexpr double kBeyondSkin_m = 0.008;  // NOLINT(readability-identifier-naming)
    const LabelSources own = own_sources(labelled_.sources.size());
    return misfit({point}, own, piece).cluster_m > kBeyondSkin_m;
  }

  [[nodiscard]] bool lost(int point, Eigen::Index first, Eigen::Index last) const {
    return first > last ||
           labelled_.points_m.col(3 * point).segment(first, last - first + 1).array().isNaN().all();
  }

  /// Whether two labels could have changed places for these pieces: both were lost at either end,
  /// or the recording ends there; and they are seen together long enough to say.
  [[nodiscard]] bool could_be_exchanged(int one, const Piece& of_one, int other,
                                        const Piece& of_other) const {
    const Piece both = {std::max(of_one.first, of_other.first),
                        std::min(of_one.last, of_other.last)};
    const Piece either = {std::min(of_one.first, of_other.first),
                          std::max(of_one.last, of_other.last)};
    return both.last - both.first + 1 >= shortest_ && lost(one, either.first, of_one.first - 1) &&
           lost(one, of_one.last + 1, either.last) &&
           lost(other, either.first, of_other.first - 1) &&
           lost(other, of_other.last + 1, either.last);
  }

  /// Exchanges one piece of this label with one of another; false when none should be.
  bool exchange_one(int point) {
    const std::vector<Piece> own = pieces_of(labelled_, point, long_loss_);
    if (own.size() < 2) return false;
    const int n = static_cast<int>(labelled_.sources.size());
    for (const Piece& piece : own) {
      if (piece.last - piece.first + 1 < shortest_ || !suspect(point, piece)) continue;
      for (int other = 0; other < n; ++other) {
        if (other == point) continue;
        for (const Piece& theirs : pieces_of(labelled_, other, long_loss_)) {
          if (!could_be_exchanged(point, piece, other, theirs)) continue;
          const Piece both = {std::max(piece.first, theirs.first),
                              std::min(piece.last, theirs.last)};
          if (!fits_exchanged(point, other, both)) continue;
          exchange(labelled_, {point, other}, std::min(piece.first, theirs.first),
                   std::max(piece.last, theirs.last));
          return true;
        }
      }
    }
    return false;
  }

  [[nodiscard]] bool fits_exchanged(int point, int other, const Piece& piece) const {
    const std::vector<int> pair = {point, other};
    LabelSources sources = own_sources(labelled_.sources.size());
    const LabelMisfit recorded = misfit(pair, sources, piece);
    std::swap(sources[static_cast<std::size_t>(point)], sources[static_cast<std::size_t>(other)]);
    return judge(recorded, misfit(pair, sources, piece)) == LabelVerdict::kExchange;
  }

  LabelledPoints& labelled_;
  const PointClusters& clusters_;
  const BodyShape& shape_;
  Eigen::Index long_loss_;
  Eigen::Index shortest_;
};

}  // namespace

void exchange_pieces(LabelledPoints& labelled, const PointClusters& clusters,
                     const BodyShape& shape, double rate_hz) {
  PieceSwaps(labelled, clusters, shape, rate_hz).run();
}

}  // namespace catena
