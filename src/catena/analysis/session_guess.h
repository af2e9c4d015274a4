// The guesses that find_session makes of a folder without a session.toml.
#pragma once

#include "catena/analysis/session.h"
#include "catena/recording/point_recording.h"

namespace catena {

/// An OpenCap session: MarkerData, OpenSimData and sessionMetadata.yaml, as the web application
/// hands it out (MarkerData/NAME.trc) or the program leaves it on the disk
/// (MarkerData/DETECTOR/N-cameras/PostAugmentation_VERSION/NAME_LSTM.trc).
Result<Session> guess_opencap(const std::filesystem::path& folder, const SessionOptions& options);

/// A Pose2Sim trial (pose-3d, kinematics, Config.toml), or a folder with several of them one or
/// two levels below. Of a trial's recordings the one with augmented markers (_LSTM) is taken before
/// the filtered one (_filt_...), and that before the raw one; those that have a model of their own
/// name in kinematics come first.
Result<Session> guess_pose2sim(const std::filesystem::path& folder, const SessionOptions& options);

/// Whether there is a folder `pose-3d` here or up to two levels below.
bool is_pose2sim(const std::filesystem::path& folder);

/// A folder with TRC and C3D files in it; of two of one name the TRC is taken.
Result<Session> guess_plain(const std::filesystem::path& folder, const SessionOptions& options);

/// Whether the runner stands still: three of four points keep within 15 cm along each axis (90 % of
/// the frames). Feet and shanks of a walker swing farther on a treadmill too.
bool nobody_moves(const PointRecording& recording);

}  // namespace catena
