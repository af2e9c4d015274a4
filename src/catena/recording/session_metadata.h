// What other programs' folders say of the person who was recorded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/recording/session_file.h"

namespace catena {

struct SessionMetadata {
  Person person;
  std::string model;               // name of the model without ending; may be empty
  std::vector<std::string> notes;  // values that were passed over, one sentence each
};

/// Reads OpenCap's sessionMetadata.yaml as far as it is needed: the lines "height_m: 1.86",
/// "mass_kg: 83", "gender_mf: m", "subjectID: ..." and "openSimModel: ..." that begin a line.
/// Whatever else stands there is passed over, and so are values that no person has.
SessionMetadata parse_opencap_metadata(std::string_view bytes);

/// Reads participant_height and participant_mass of a Pose2Sim Config.toml, from [project] or, in
/// older versions, [markerAugmentation]. "auto" and lists for several persons are passed over.
SessionMetadata parse_pose2sim_config(std::string_view bytes);

}  // namespace catena
