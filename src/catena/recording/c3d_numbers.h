// Numbers as three families of processors store them in C3D files.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "catena/recording/c3d.h"

namespace catena {

inline std::uint32_t byte_at(const char* at, int i) { return static_cast<unsigned char>(at[i]); }

/// 16-bit word: Intel and DEC have the low byte first, SGI the high one.
template <C3dProcessor P>
inline std::uint16_t load_word(const char* at) {
  const std::uint32_t word = P == C3dProcessor::kSgi ? byte_at(at, 0) << 8 | byte_at(at, 1)
                                                     : byte_at(at, 1) << 8 | byte_at(at, 0);
  return static_cast<std::uint16_t>(word);
}

/// DEC's F_float: sign, eight bits of exponent e, 23 of fraction m; (-1)^s 1.m 2^(e - 129), and
/// zero where e is 0. Reaches half as far as IEEE 754 and has no infinities and no NaN.
/// source     VAX Architecture Handbook, 1981, chapter 4
inline double from_dec_bits(std::uint32_t bits) {
  const auto magnitude = static_cast<std::uint64_t>(bits & 0x7fffffffU) << 29;
  const auto sign = static_cast<std::uint64_t>(bits & 0x80000000U) << 32;
  const std::uint64_t rebased = sign | (magnitude + (std::uint64_t{1023 - 129} << 52));
  return (bits & 0x7f800000U) == 0 ? 0.0 : std::bit_cast<double>(rebased);
}

/// 32-bit real number.
template <C3dProcessor P>
inline double load_real(const char* at) {
  if constexpr (P == C3dProcessor::kDec) {
    return from_dec_bits(std::uint32_t{load_word<P>(at)} << 16 | load_word<P>(at + 2));
  } else if constexpr (P == C3dProcessor::kSgi) {
    return std::bit_cast<float>(std::uint32_t{load_word<P>(at)} << 16 | load_word<P>(at + 2));
  } else {
    return std::bit_cast<float>(std::uint32_t{load_word<P>(at + 2)} << 16 | load_word<P>(at));
  }
}

/// The same where speed does not matter.
inline std::uint16_t load_word(C3dProcessor processor, const char* at) {
  return processor == C3dProcessor::kSgi ? load_word<C3dProcessor::kSgi>(at)
                                         : load_word<C3dProcessor::kIntel>(at);
}
inline double load_real(C3dProcessor processor, const char* at) {
  switch (processor) {
    case C3dProcessor::kDec:
      return load_real<C3dProcessor::kDec>(at);
    case C3dProcessor::kSgi:
      return load_real<C3dProcessor::kSgi>(at);
    default:
      return load_real<C3dProcessor::kIntel>(at);
  }
}

}  // namespace catena
