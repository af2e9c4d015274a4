// A model from a standing trial, as a command: for studies on recordings that have none.
#pragma once

#include <filesystem>

namespace catena {

struct StandingModelCommand {
  std::filesystem::path standing;
  std::filesystem::path out;
  double height_m = 1.75;
  double mass_kg = 68.0;
  bool female = false;
};

/// Writes the model. Returns the exit code.
int run_standing_model(const StandingModelCommand& command);

}  // namespace catena
