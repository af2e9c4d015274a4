// The functions of an .osim file. Private to osim_*.cpp.
#pragma once

#include <optional>

#include "catena/model/osim_xml.h"
#include "catena/model/scalar_function.h"

namespace catena {

/// The function inside `holder`: a direct child, or one wrapped in <function>.
///
/// returns    nothing when there is none
/// errors     kUnsupported: a kind of function that Catena does not have, named; kBadFormat
Result<std::optional<ScalarFunction>> read_function_in(const OsimSource& source,
                                                       const pugi::xml_node& holder);

}  // namespace catena
