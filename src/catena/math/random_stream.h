// Random numbers that are the same on every machine and compiler, in streams that do not disturb
// each other: a new draw in one stream leaves every other stream as it was.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace catena {

/// A stream of pseudo-random numbers. The standard library's distributions differ between
/// vendors; these do not.
///
/// source     Blackman & Vigna 2021, ACM Trans Math Softw 47:36 (xoshiro256++), seeded by
///            splitmix64; normal by Marsaglia's polar method
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed);

  /// A stream of its own for a named purpose, the same whatever was drawn here before.
  [[nodiscard]] RandomStream child(std::string_view purpose, std::uint64_t index = 0) const;

  std::uint64_t bits();
  /// In [0, 1).
  double uniform();
  double uniform(double low, double high);
  /// Mean 0, SD 1.
  double normal();
  double normal(double mean, double sd);
  /// One of 0 .. n - 1, n >= 1.
  int index(int n);

 private:
  std::uint64_t seed_ = 0;
  std::array<std::uint64_t, 4> state_{};
  double spare_normal_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace catena
