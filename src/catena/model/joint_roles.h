// Which joints are there to move and which to hold, and how far each goes: one table, as data.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

enum class JointRole { kMobile, kStable };

/// How well a published figure is known. A: certain of paper and number; B: sure of the paper, the
/// number approximate; C: to be checked.
enum class Grade { kA, kB, kC };

/// How far a joint direction goes in people, from the anatomical zero to the end of passive
/// movement.
struct PublishedCapacity {
  double value_rad = 0.0;
  double sd_rad = std::numeric_limits<double>::quiet_NaN();  // between people; NaN: not known
  Grade grade = Grade::kC;
  std::string source;
};

struct JointDirection {
  std::string joint;       // "low back"
  std::string direction;   // "extension"
  std::string coordinate;  // "lumbar_extension"; of a side without its _r or _l
  int sign = 1;            // +1, -1: the way the coordinate grows; 0: both ways alike
  JointRole role = JointRole::kMobile;
  std::optional<PublishedCapacity> capacity;
};

/// The capacity where it may be compared with, rad: of grade A or B. A figure of grade C never is.
std::optional<double> threshold_rad(const JointDirection& direction);

/// Reads a table:
///
///     joint,direction,coordinate,sign,role,capacity_deg,sd_deg,grade,source
///     hip,extension,hip_flexion,-,mobile,11.6,8.2,B,"Fukuchi et al. 2017, ..."
///
/// The first line names the columns; sign is +, - or both; empty lines and lines that begin with #
/// are passed over; a field with commas stands in double quotes.
///
/// source     for error places
/// errors     kBadFormat: another heading, a line with other than nine fields, a role, sign, grade
/// or
///            number that is none, a capacity without grade or source, a direction twice; the place
///            is file:line
Result<std::vector<JointDirection>> parse_joint_roles(std::string_view bytes,
                                                      std::string_view source);

/// The table that comes with the program (joint_roles.csv).
const std::vector<JointDirection>& known_joint_roles();

/// The table with a person's own lines in the place of those for the same joint and direction; what
/// it did not have comes after.
std::vector<JointDirection> with_overrides(std::vector<JointDirection> roles,
                                           const std::vector<JointDirection>& own);

/// The line for a joint and direction, or null.
const JointDirection* find_direction(const std::vector<JointDirection>& roles,
                                     std::string_view joint, std::string_view direction);

}  // namespace catena
