// A look into any file: what it is, what is in it, and what can be answered from it.
#pragma once

#include <filesystem>
#include <limits>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/pose_json.h"
#include "catena/recording/recording.h"
#include "catena/recording/session_file.h"
#include "catena/recording/table.h"
#include "catena/report/inspection.h"

namespace catena {

struct InspectOptions {
  // The person's, for force plates in body weights; NaN: not known.
  double mass_kg = std::numeric_limits<double>::quiet_NaN();
};

Inspection inspect(const Recording& recording, const InspectOptions& options = {});
Inspection inspect(const Table& table, const InspectOptions& options = {});
Inspection inspect(const PoseRecording& pose);

/// Reads a recording (TRC, C3D, landmarks in JSON), a table (MOT, STO), a model (.osim), an OpenSim
/// set-up or marker set (.xml), a session or a mapping of labels (.toml), told apart by what is in
/// it.
///
/// errors     those of the readers
Result<Inspection> inspect_file(const std::filesystem::path& path,
                                const InspectOptions& options = {});

/// The recordings of a folder; those up to four levels below where it has none itself.
///
/// errors     kMissingData: none
Result<std::vector<std::filesystem::path>> recordings_of(const std::filesystem::path& folder);

/// What a folder says of the person, in session.toml, sessionMetadata.yaml or Config.toml.
Person person_of(const std::filesystem::path& folder);

}  // namespace catena
