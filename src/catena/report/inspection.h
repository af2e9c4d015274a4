// What a look into one file found: what `catena check` prints.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace catena {

enum class FileKind {
  kRecording,  // points, with or without analog channels
  kTable,      // columns over time
  kModel,
  kIkSetup,
  kMarkerSet,  // OpenSim's, for a model
  kSession,
  kLabelMap,
  kOtherXml,  // OpenSim's, of no use here
};

/// A marker or column of which something is lost.
struct Loss {
  std::string label;
  double fraction = 0.0;   // of the frames
  double longest_s = 0.0;  // the longest gap
};

struct PlateFinding {
  int type = 0;  // of the C3D specification; 0: forces of a table
  std::string name;
  double mean_vertical_force_n = std::numeric_limits<double>::quiet_NaN();  // NaN: not usable
};

struct EventFinding {
  std::string side;   // "right", "left", "general"
  std::string label;  // as spelled in the file
  double time_s = 0.0;
};

struct AxesFinding {
  bool known = false;
  std::string up, forward;  // "+y", "-x"
  bool treadmill = false;
  double speed_m_s = std::numeric_limits<double>::quiet_NaN();
  std::string sentence;  // all of it, with how it was found
};

struct MarkerSetFinding {
  std::string name;  // empty: of no known set
  int n_matched = 0;
  std::vector<std::string> missing, unknown;
  std::vector<std::string> near_misses;  // sentences
};

struct QualityFinding {
  double noise_m = std::numeric_limits<double>::quiet_NaN();  // median of the markers
  std::string noisiest;
  double noisiest_m = std::numeric_limits<double>::quiet_NaN();
  int n_jumps = 0;
  std::string worst_jump;          // "LASI, 87 mm at 0.688 s"
  std::vector<std::string> twins;  // "LASI and LASI2", labels of one and the same point
};

struct ContactFinding {
  int right = 0, left = 0, untold = 0;  // untold: of one foot or both, nobody can say
};

struct Inspection {
  std::string file;  // as given
  FileKind kind = FileKind::kRecording;
  std::string format;  // "C3D (Intel, real)", "TRC", "MOT or STO", "OpenSim model", ...
  std::string maker, subject;

  // Recordings and tables.
  int n_frames = 0;  // or rows
  double rate_hz = std::numeric_limits<double>::quiet_NaN();
  double first_s = 0.0, last_s = 0.0;
  std::vector<std::string> labels;  // of points, or of columns beside time
  double missing_fraction = 0.0;    // of all positions or values
  std::vector<Loss> losses;         // those with any, worst first
  bool in_degrees = false;          // of a table
  int n_outputs = 0;                // angles, forces, ... that the maker's software computed
  int analog_channels = 0;
  double analog_rate_hz = 0.0;
  std::vector<PlateFinding> plates;
  std::vector<EventFinding> events;
  ContactFinding contacts;
  AxesFinding axes;
  MarkerSetFinding marker_set;
  QualityFinding quality;
  double mass_kg = std::numeric_limits<double>::quiet_NaN();  // of the person, where known

  std::vector<std::string> facts;     // of any other file: one short line each
  std::vector<std::string> can;       // what it suffices for
  std::vector<std::string> cannot;    // what it does not suffice for, and why
  std::vector<std::string> notes;     // what the readers had to assume
  std::vector<std::string> problems;  // what should be looked at before analysis
};

}  // namespace catena
