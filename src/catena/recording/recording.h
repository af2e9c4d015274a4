// Everything that one file of a laboratory holds: points, analog channels, force plates, events.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/recording/point_recording.h"

namespace catena {

/// What the maker's software computed and stored beside the markers: never taken for markers.
enum class OutputKind { kAngles, kForces, kMoments, kPowers, kScalars };

struct ModelOutput {
  OutputKind kind = OutputKind::kAngles;
  std::string label;       // "LHipAngles"
  std::string unit;        // as the file says: "deg", "Nmm"; may be empty
  Eigen::MatrixXd values;  // (n_frames, 3) in that unit; NaN where lost
};

/// Channels of an analog-to-digital converter, scaled to the unit that the file names.
struct AnalogRecording {
  double rate_hz = 0.0;             // n_frames of points times a whole number, per second
  std::vector<std::string> labels;  // n_channels, as spelled in the file
  std::vector<std::string> units;   // n_channels: "N", "Nmm", "V"; may be empty
  Eigen::MatrixXd values;           // (n_samples, n_channels) in those units
};

/// A force plate as its file describes it; lengths in metres, in the file's axes.
struct ForcePlateSetup {
  int type = 0;  // 1 to 7, 11, 12, 21: the C3D specification's kinds
  Eigen::Matrix<double, 3, 4> corners_m = Eigen::Matrix<double, 3, 4>::Zero();
  // Type 1 to 4: from the plate's electrical origin to its surface or the reverse, as in the file;
  // type 3: sensor offsets a, b and depth.
  Eigen::Vector3d origin_m = Eigen::Vector3d::Zero();
  std::vector<int> channels;  // from 0, into the analog channels; -1: not recorded
  // CAL_MATRIX, to be multiplied with the channels as a column; 0 x 0 where the file has none.
  Eigen::MatrixXd calibration;
  std::string length_unit;  // POINT:UNITS, in which moments are given: "mm"
  // Analog samples [zero_from, zero_to) that FORCE_PLATFORM:ZERO names as unloaded; equal: none.
  Eigen::Index zero_from = 0, zero_to = 0;
  // FPCOPPOLY, Kistler's correction of the centre of pressure, in the file's length unit: six
  // coefficients for x, then six for y; empty where the file has none.
  std::vector<double> cop_polynomial;
};

enum class EventSide { kGeneral, kRight, kLeft };

struct RecordedEvent {
  EventSide side = EventSide::kGeneral;
  std::string label;    // "Foot Strike", "Foot Off", as spelled in the file
  double time_s = 0.0;  // on the clock of the points
};

struct Recording {
  std::string format;     // "TRC", "C3D (Intel, real)"
  PointRecording points;  // markers; notes of the reader are here
  std::vector<ModelOutput> outputs;
  AnalogRecording analog;
  std::vector<ForcePlateSetup> plates;
  std::vector<RecordedEvent> events;
  std::string subject;  // as the file names the person; may be empty
  std::string maker;    // "Vicon Nexus 1.8.2"; may be empty
};

}  // namespace catena
