#include "outcome.h"

#include <fmt/core.h>

#include <cstdio>

namespace catena {

int report_error(const Error& error) {
  fmt::print(stderr, "catena: {}\n", to_sentence(error));
  return error.code == Errc::kNotConverged ? kNotConverged
         : error.code == Errc::kBadOption  ? kBadUsage
                                           : kBadInput;
}

}  // namespace catena
