#include "standing_model_command.h"

#include <fmt/core.h>

#include <cstdio>

#include "catena/core/file.h"
#include "catena/model/osim_writer.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/validation/standing_model.h"

namespace catena {
namespace {

Result<Model> make_model(const StandingModelCommand& command) {
  CATENA_TRY(recording, read_recording(command.standing));
  const auto here = placed_in(command.standing.string());
  const IdentifiedLabels meaning = identify_labels(recording.points.labels);
  CATENA_TRY(ground, find_ground_frame(recording, body_points(meaning)).map_error(here));
  CATENA_TRY(standing, make_trajectories(recording.points, {.ground = ground}).map_error(here));
  return model_from_standing(standing, standing_markers(standing.labels, meaning),
                             {command.height_m, command.mass_kg, command.female})
      .map_error(here);
}

}  // namespace

int run_standing_model(const StandingModelCommand& command) {
  const Result<Model> model = make_model(command);
  if (!model) {
    fmt::print(stderr, "catena-validate: {}\n", to_sentence(model.error()));
    return 1;
  }
  const std::filesystem::path folder =
      command.out.has_parent_path() ? command.out.parent_path() : ".";
  const FileSet files = {{command.out.filename().string(), write_osim(*model)}};
  if (auto written = write_files(folder, files); !written) {
    fmt::print(stderr, "catena-validate: {}\n", to_sentence(written.error()));
    return 1;
  }
  fmt::print("{}\n", command.out.string());
  return 0;
}

}  // namespace catena
