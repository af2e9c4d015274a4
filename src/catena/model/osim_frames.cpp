#include "catena/model/osim_frames.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <pugixml.hpp>

namespace catena {
namespace {

constexpr int kLongestFrameChain = 100;

std::vector<std::string> path_parts(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (end > at) parts.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::string last_part(const std::string& path) {
  const std::vector<std::string> parts = path_parts(path);
  return parts.empty() ? std::string() : parts.back();
}

/// "/jointset/hip_r" and "../../bodyset/pelvis" make "/bodyset/pelvis".
std::string absolute_path(const std::string& path, const std::string& owner_path) {
  std::vector<std::string> parts;
  if (path.empty() || path.front() != '/') parts = path_parts(owner_path);
  for (const std::string& part : path_parts(path)) {
    if (part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string joined;
  for (const std::string& part : parts) joined += "/" + part;
  return joined;
}

bool is_frame(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return node.type() == pugi::node_element && name.size() > 5 &&
         name.substr(name.size() - 5) == "Frame";
}

}  // namespace

Eigen::Matrix3d rotation_from_xyz(const Eigen::Vector3d& angles_rad) {
  return (Eigen::AngleAxisd(angles_rad.x(), Eigen::Vector3d::UnitX()) *
          Eigen::AngleAxisd(angles_rad.y(), Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(angles_rad.z(), Eigen::Vector3d::UnitZ()))
      .toRotationMatrix();
}

std::string path_part(const std::string& name) {
  if (name.empty() || name == "." || name == "..") return "_";
  std::string part = name;
  std::replace(part.begin(), part.end(), '/', '_');
  return part;
}

Result<void> FrameTable::add_body(const OsimSource& source, const pugi::xml_node& body,
                                  const std::string& name, int index) {
  const std::string path = index == 0 ? "/ground" : "/bodyset/" + path_part(name);
  by_path_[path] = -1 - index;
  body_by_name_[name] = -1 - index;
  return add_frames_in(source, body, path);
}

Result<void> FrameTable::add_frames_in(const OsimSource& source, const pugi::xml_node& owner,
                                       const std::string& owner_path) {
  for (const char* list : {"frames", "components"}) {
    for (const pugi::xml_node& child : owner.child(list).children()) {
      if (!is_frame(child)) continue;
      CATENA_CHECK(add_frame(source, child, owner_path + "/" + path_part(name_of(child))));
    }
  }
  return {};
}

Result<void> FrameTable::add_frame(const OsimSource& source, const pugi::xml_node& frame,
                                   const std::string& path) {
  Frame entry;
  entry.path = path;
  entry.place = source.place(frame);
  if (std::string_view(frame.name()) == "PhysicalOffsetFrame") {
    entry.parent = connectee(frame, "parent");
    CATENA_TRY(translation, read_vector3(source, frame, "translation", Eigen::Vector3d::Zero()));
    CATENA_TRY(angles_rad, read_vector3(source, frame, "orientation", Eigen::Vector3d::Zero()));
    entry.parent_from_frame = {rotation_from_xyz(angles_rad), translation};
  } else {
    entry.unsupported_kind = frame.name();
  }
  const int index = static_cast<int>(frames_.size());
  by_path_.emplace(path, index);
  frames_by_name_[last_part(path)].push_back(index);
  frames_.push_back(std::move(entry));
  return add_frames_in(source, frame, path);
}

Result<int> FrameTable::find(const std::string& connected, const std::string& owner_path,
                             const std::string& place) const {
  const auto exact = by_path_.find(absolute_path(connected, owner_path));
  if (exact != by_path_.end()) return exact->second;
  // Files before 4.0 give bare names, early 4.0 puts the model's name before the path.
  const std::string name = last_part(connected);
  const auto beside = by_path_.find(absolute_path("../" + name, owner_path));
  if (beside != by_path_.end() && beside->second >= 0) return beside->second;
  auto body = body_by_name_.find(connected);
  if (body == body_by_name_.end()) body = body_by_name_.find(name);
  if (body != body_by_name_.end()) return body->second;
  const auto frames = frames_by_name_.find(name);
  if (frames == frames_by_name_.end()) {
    return fail(Errc::kMissingData, "there is no body or frame '" + connected + "'", place,
                "correct the name or add the body");
  }
  if (frames->second.size() > 1) {
    return fail(
        Errc::kMissingData,
        std::to_string(frames->second.size()) + " frames could be meant by '" + connected + "'",
        place, "give its full path");
  }
  return frames->second.front();
}

Result<FrameOnBody> FrameTable::resolve(const std::string& connected, const std::string& owner_path,
                                        const std::string& place) const {
  FrameOnBody result;
  CATENA_TRY(first, find(connected, owner_path, place));
  int current = first;
  for (int step = 0; current >= 0; ++step) {
    const Frame& frame = frames_[static_cast<std::size_t>(current)];
    if (!frame.unsupported_kind.empty()) {
      return fail(Errc::kUnsupported,
                  "frame '" + frame.path + "' is of kind " + frame.unsupported_kind +
                      ", which Catena does not have",
                  frame.place, "use a PhysicalOffsetFrame");
    }
    if (step == kLongestFrameChain) {
      return fail(Errc::kBadFormat, "frame '" + frame.path + "' hangs on itself", frame.place,
                  "let it stand on a body");
    }
    result.body_from_frame = frame.parent_from_frame * result.body_from_frame;
    if (frame.parent.empty()) {
      return fail(Errc::kMissingData, "frame '" + frame.path + "' names no parent", frame.place);
    }
    CATENA_TRY(next, find(frame.parent, frame.path, frame.place));
    current = next;
  }
  result.body = -1 - current;
  return result;
}

}  // namespace catena
