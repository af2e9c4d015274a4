// session.toml: who ran, which files are what, and what each run asked of the runner.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

enum class Sex { kFemale, kMale, kOther };

/// What is known of the person; nothing of it is needed.
struct Person {
  std::string name;
  std::string id;
  std::optional<Sex> sex;
  std::optional<double> age_years;
  std::optional<double> height_m;
  std::optional<double> mass_kg;
};

/// A file that the session names, as written there: relative to the session's own folder.
struct NamedFile {
  std::string path;   // empty: none was named
  std::string where;  // "session.toml:7:12"
};

/// What a run asked of the runner, as far as it is known. Slopes upwards are positive.
struct RunDemand {
  std::optional<double> speed_m_s;
  std::optional<double> incline_percent;
  std::optional<double> cadence_steps_min;  // both feet together
  std::optional<double> stride_length_m;    // from a foot's contact to its next
  std::string condition;                    // in the person's own words: "barefoot"
  bool ramp = false;                        // the speed rises steadily
  bool up_is_belt_normal = false;           // in the file; else up is gravity's

  [[nodiscard]] bool is_empty() const {
    return !speed_m_s && !incline_percent && !cadence_steps_min && !stride_length_m &&
           condition.empty() && !ramp;
  }
};

struct SessionFileRun {
  NamedFile file;
  RunDemand demand;
};

struct SessionFile {
  Person person;
  NamedFile standing, model, labels, ik_setup, marker_set, exam;
  std::vector<SessionFileRun> runs;  // one or more, in the file's order
  std::string up, forward;           // "y", "-z": the recordings' own axes; empty: not given
  std::optional<bool> treadmill;
};

/// Reads a session file's contents; docs/session.md tells what may stand in it.
///
/// source     the file's path, for error places
/// errors     kBadFormat: not TOML, a key that is not known, a value of another type or one that
///            cannot be; kMissingData: no run; the place is file:line:column
Result<SessionFile> parse_session(std::string_view bytes, std::string_view source);

}  // namespace catena
