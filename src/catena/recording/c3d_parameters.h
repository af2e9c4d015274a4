// C3D's groups and parameters: from bytes, and looked up by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"

namespace catena {

/// Reads the records of a parameter section.
///
/// The section is a chain in which each record tells where the next begins; ids tie parameters to
/// groups, in any order. Where the chain leads out of the section or to what is no record, the
/// length of the record's own data says where the next one is; where that fails too, the section
/// ends there. A parameter that ends before its dimensions do keeps what is there.
///
/// first, end   the records' bytes in the file
/// notes        what had to be left out or cut short
std::vector<C3dGroup> read_c3d_groups(std::string_view file, std::size_t first, std::size_t end,
                                      C3dProcessor processor, std::vector<std::string>& notes);

/// Looked up ignoring case; null where there is none.
const C3dGroup* find_group(const std::vector<C3dGroup>& groups, std::string_view group);
const C3dParameter* find_parameter(const std::vector<C3dGroup>& groups, std::string_view group,
                                   std::string_view name);

/// Numbers of any kind; empty for text or where there is no such parameter. The first form takes
/// 16-bit values as signed, the second as unsigned.
std::vector<double> numbers_of(const std::vector<C3dGroup>& groups, std::string_view group,
                               std::string_view name);
std::vector<double> counts_of(const std::vector<C3dGroup>& groups, std::string_view group,
                              std::string_view name);

/// Strings, without blanks at their ends, as UTF-8; empty where there is no such parameter.
std::vector<std::string> texts_of(const std::vector<C3dGroup>& groups, std::string_view group,
                                  std::string_view name);
std::string text_of(const std::vector<C3dGroup>& groups, std::string_view group,
                    std::string_view name);

/// What a field of characters says: up to the first zero, without blanks at its ends, as UTF-8.
std::string clean_text(std::string_view field);

/// "LABELS", "LABELS2", "LABELS3", ...: how lists of more than 255 entries go on.
std::string nth_name(std::string_view name, int n);

/// NAME, NAME2, NAME3 ... in a row; empty where there is no NAME.
std::vector<std::string> joined_texts(const std::vector<C3dGroup>& groups, std::string_view group,
                                      std::string_view name);
std::vector<double> joined_numbers(const std::vector<C3dGroup>& groups, std::string_view group,
                                   std::string_view name);
std::vector<double> joined_counts(const std::vector<C3dGroup>& groups, std::string_view group,
                                  std::string_view name);

/// The text itself where it is valid UTF-8, else taken for Latin-1 and turned into UTF-8.
std::string as_utf8(std::string_view text);

}  // namespace catena
