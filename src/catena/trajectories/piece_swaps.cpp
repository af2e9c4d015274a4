#include "catena/trajectories/piece_swaps.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "catena/trajectories/label_fit.h"

namespace catena {
namespace {

class PieceSwaps {
 public:
  PieceSwaps(LabelledPoints& labelled, const PointClusters& clusters, const BodyShape& shape,
             double rate_hz, Eigen::Index longest)
      : labelled_(labelled),
        clusters_(clusters),
        shape_(shape),
        rate_hz_(rate_hz),
        shortest_(static_cast<Eigen::Index>(0.1 * rate_hz)),
        longest_(longest) {}

  void run() {
    const int n = static_cast<int>(labelled_.sources.size());
    for (int point = 0; point < n; ++point) {
      // Every exchange makes two labels fit; more rounds than labels would go in circles.
      for (int round = 0; round < n && exchange_one(point); ++round) {
      }
    }
  }

 private:
  const std::vector<Piece>& pieces(int point) {
    const auto known = pieces_.find(point);
    if (known != pieces_.end()) return known->second;
    return pieces_.emplace(point, pieces_of(labelled_, point, rate_hz_)).first->second;
  }

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

  /// The frames over which two labels would change places if one does in this piece: no path may
  /// be cut where it goes on.
  [[nodiscard]] static Piece together(Piece span, const std::vector<Piece>& one,
                                      const std::vector<Piece>& other) {
    for (bool grows = true; grows;) {
      grows = false;
      for (const std::vector<Piece>* pieces : {&one, &other}) {
        for (const Piece& p : *pieces) {
          const bool touches = p.first <= span.last && p.last >= span.first;
          if (!touches || (p.first >= span.first && p.last <= span.last)) continue;
          span = {std::min(span.first, p.first), std::max(span.last, p.last)};
          grows = true;
        }
      }
    }
    return span;
  }

  /// Exchanges one piece of this label with what another holds there; false when none should be.
  bool exchange_one(int point) {
    const std::vector<Piece>& own = pieces(point);
    if (own.size() < 2) return false;
    const int n = static_cast<int>(labelled_.sources.size());
    for (const Piece& piece : own) {
      if (piece.last - piece.first + 1 < shortest_ || !suspect(point, piece)) continue;
      for (int other = 0; other < n; ++other) {
        if (other == point) continue;
        const std::vector<Piece>& theirs = pieces(other);
        const Piece span = together(piece, own, theirs);
        const bool all = span.first <= own.front().first && span.last >= own.back().last;
        const bool too_long = span.last - span.first + 1 > longest_;
        if (theirs.empty() || all || too_long || !fits_exchanged(point, other, span)) continue;
        exchange(labelled_, {point, other}, span.first, span.last);
        pieces_.erase(point);
        pieces_.erase(other);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool fits_exchanged(int point, int other, const Piece& piece) const {
    Eigen::Index n_both = 0;
    for (Eigen::Index f = piece.first; f <= piece.last; ++f) {
      if (!std::isnan(labelled_.points_m(f, 3 * point) + labelled_.points_m(f, 3 * other)))
        ++n_both;
    }
    if (n_both < shortest_) return false;
    const std::vector<int> pair = {point, other};
    LabelSources sources = own_sources(labelled_.sources.size());
    const LabelMisfit recorded = misfit(pair, sources, piece);
    std::swap(sources[static_cast<std::size_t>(point)], sources[static_cast<std::size_t>(other)]);
    return judge(recorded, misfit(pair, sources, piece)) == LabelVerdict::kExchange;
  }

  LabelledPoints& labelled_;
  const PointClusters& clusters_;
  const BodyShape& shape_;
  double rate_hz_;
  Eigen::Index shortest_;
  Eigen::Index longest_;
  std::map<int, std::vector<Piece>> pieces_;
};

}  // namespace

void exchange_pieces(LabelledPoints& labelled, const PointClusters& clusters,
                     const BodyShape& shape, double rate_hz, double longest_part) {
  const auto n_frames = static_cast<double>(labelled.points_m.rows());
  PieceSwaps(labelled, clusters, shape, rate_hz, static_cast<Eigen::Index>(longest_part * n_frames))
      .run();
}

}  // namespace catena
