// Which body a frame of an .osim file sits on, and where. Private to osim_*.cpp.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "catena/core/rigid_transform.h"
#include "catena/model/osim_xml.h"

namespace catena {

struct FrameOnBody {
  int body = 0;  // index in the file's order, ground first
  RigidTransform body_from_frame;
};

/// Orientation in an .osim file: body-fixed x-y-z angles in rad.
Eigen::Matrix3d rotation_from_xyz(const Eigen::Vector3d& angles_rad);

/// A name as it stands in a path: a slash or dots in it would lead elsewhere.
std::string path_part(const std::string& name);

/// Everything that a socket can name: bodies and frames fixed to them, by their paths.
class FrameTable {
 public:
  /// Adds a body, or ground (index 0), and all frames that stand inside it.
  Result<void> add_body(const OsimSource& source, const pugi::xml_node& body,
                        const std::string& name, int index);

  /// Adds the frames inside a component: those in <frames>, <components> and nested ones.
  Result<void> add_frames_in(const OsimSource& source, const pugi::xml_node& owner,
                             const std::string& owner_path);

  Result<void> add_frame(const OsimSource& source, const pugi::xml_node& frame,
                         const std::string& path);

  /// Follows a socket to the body.
  ///
  /// connected  what the socket says; a path, or a bare name as old files have it
  /// owner_path of the component that has the socket; relative paths start there
  /// errors     kMissingData: no such frame, or several; kBadFormat: frames go round in a circle
  Result<FrameOnBody> resolve(const std::string& connected, const std::string& owner_path,
                              const std::string& place) const;

 private:
  struct Frame {
    std::string path;
    std::string parent;  // as its socket says
    RigidTransform parent_from_frame;
    std::string place;
    std::string unsupported_kind;  // empty: an offset frame
  };

  // An index into frames_, or -1 - body index.
  Result<int> find(const std::string& connected, const std::string& owner_path,
                   const std::string& place) const;

  std::vector<Frame> frames_;
  std::unordered_map<std::string, int> by_path_;
  std::unordered_map<std::string, int> body_by_name_;
  std::unordered_map<std::string, std::vector<int>> frames_by_name_;
};

}  // namespace catena
