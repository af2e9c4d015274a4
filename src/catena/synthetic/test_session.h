// Sessions for the tests of this layer.
#pragma once

#include <gtest/gtest.h>

#include "catena/synthetic/runner.h"

namespace catena {

/// Neither noise nor skin motion.
inline RunnerOptions quiet() {
  RunnerOptions options;
  options.artefact.on = false;
  options.marker_noise_mm = 0.0;
  return options;
}

inline SyntheticSession session_of(const RunnerOptions& options) {
  Result<SyntheticSession> session = make_session(options);
  EXPECT_TRUE(session.has_value()) << (session ? "" : to_sentence(session.error()));
  return session ? *session : SyntheticSession{};
}

}  // namespace catena
