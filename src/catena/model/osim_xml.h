// Reading values out of an .osim document, each complaint with file and line. Private to
// osim_*.cpp.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace pugi {
class xml_document;  // NOLINT(readability-identifier-naming)
class xml_node;      // NOLINT(readability-identifier-naming)
}  // namespace pugi

namespace catena {

/// Turns offsets into the places that a person can find: "run.osim:120".
class OsimSource {
 public:
  OsimSource(std::string_view bytes, std::string_view name);

  std::string place(const pugi::xml_node& node) const;
  std::string place(std::size_t offset) const;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::vector<std::size_t> line_ends_;
};

/// Parses the bytes. The document keeps its own copy.
///
/// errors     kBadFormat: not well-formed, nested absurdly deep, or empty
Result<void> load_xml(pugi::xml_document& document, std::string_view bytes,
                      const OsimSource& source);

/// The child of that name, else the one that the file's <defaults> give for this kind of object.
pugi::xml_node property(const pugi::xml_node& object, const char* name);

/// The elements of a set: those inside its <objects>.
std::vector<pugi::xml_node> objects_of(const pugi::xml_node& set);

pugi::xml_node first_element(const pugi::xml_node& parent);

/// Text without comments and outer blanks.
std::string content(const pugi::xml_node& node);

/// Text of a property; empty when it is not there.
std::string word(const pugi::xml_node& object, const char* name);
std::vector<std::string> words(const pugi::xml_node& object, const char* name);

std::string name_of(const pugi::xml_node& object);

/// "CustomJoint 'hip_r'"
std::string describe(const pugi::xml_node& object);

/// Every number of a property; an absent one has none. All are finite.
Result<Eigen::VectorXd> read_numbers(const OsimSource& source, const pugi::xml_node& object,
                                     const char* name);
Result<double> read_number(const OsimSource& source, const pugi::xml_node& object, const char* name,
                           double fallback);
Result<Eigen::Vector3d> read_vector3(const OsimSource& source, const pugi::xml_node& object,
                                     const char* name, const Eigen::Vector3d& fallback);
Result<bool> read_flag(const OsimSource& source, const pugi::xml_node& object, const char* name,
                       bool fallback);

/// A sentence fit for a terminal: names from the file may hold any bytes and have any length.
std::string fit_to_print(const std::string& sentence);

/// What a socket of a component is connected to, in any spelling since version 3.5.
std::string connectee(const pugi::xml_node& component, const std::string& socket);

}  // namespace catena
