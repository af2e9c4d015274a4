// What must hold of any input, however broken.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "catena/core/error.h"

namespace catena {

/// Stops the fuzzer with this input.
inline void require(bool holds, const char* claim) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", claim);
  std::abort();
}

/// One line that a person can act on, whatever bytes the file had.
inline void require_good_sentence(const Error& error) {
  require(!error.what.empty(), "an error says what is wrong");
  require(!error.where.empty(), "an error says where");
  const std::string sentence = to_sentence(error);
  require(sentence.size() < 1000, "an error is one sentence");
  for (const char c : sentence) require(c >= ' ' && c <= '~', "an error is plain text");
}

}  // namespace catena
