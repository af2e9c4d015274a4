// Numbers as three families of processors store them in C3D files.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "catena/recording/c3d.h"

namespace catena {

inline std::uint32_t byte_at(const char* at, int i) { return static_cast<unsigned char>(at[i]); }

inline int signed_byte_at(const char* at, int i) {
  const int byte = static_cast<int>(byte_at(at, i));
  return byte < 128 ? byte : byte - 256;
}

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

/// The way back: two bytes.
inline void store_word(C3dProcessor processor, std::uint16_t word, char* at) {
  const bool high_first = processor == C3dProcessor::kSgi;
  at[high_first ? 0 : 1] = static_cast<char>(word >> 8);
  at[high_first ? 1 : 0] = static_cast<char>(word & 0xff);
}

/// DEC's F_float nearest to a value, zero where that is below 2^-128; false for what it does not
/// have: no number, infinity, and 2^127 or more.
inline bool to_dec_bits(double value, std::uint32_t& bits) {
  if (!std::isfinite(value)) return false;
  int exponent = 0;
  // In [2^23, 2^24]: the leading one is not stored, and where rounding carried, the sum does too.
  const double fraction = std::nearbyint(std::ldexp(std::frexp(std::abs(value), &exponent), 24));
  bits = 0;
  const bool carried = fraction == static_cast<double>(1U << 24);
  if (value == 0.0 || exponent + 128 < (carried ? 0 : 1)) return true;
  if (exponent > 127) return false;
  const std::uint32_t magnitude = static_cast<std::uint32_t>(fraction) - (1U << 23) +
                                  (static_cast<std::uint32_t>(exponent + 128) << 23);
  if (magnitude > 0x7fffffffU) return false;
  bits = magnitude | (std::signbit(value) ? 0x80000000U : 0U);
  return true;
}

/// Four bytes; false where the processor has no such number (nothing is stored then).
inline bool store_real(C3dProcessor processor, double value, char* at) {
  std::uint32_t bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
  if (processor == C3dProcessor::kDec && !to_dec_bits(value, bits)) return false;
  const auto high = static_cast<std::uint16_t>(bits >> 16);
  const auto low = static_cast<std::uint16_t>(bits & 0xffffU);
  const bool high_first = processor != C3dProcessor::kIntel;
  store_word(processor, high_first ? high : low, at);
  store_word(processor, high_first ? low : high, at + 2);
  return true;
}

}  // namespace catena
