// What an .osim file holds that Catena does not use, counted. Private to osim_*.cpp.
#pragma once

#include <string>
#include <vector>

#include "catena/model/osim_xml.h"

namespace catena {

/// A sentence each for forces, controllers, geometry and so on; none where there is nothing.
std::vector<std::string> passed_over(const pugi::xml_node& model);

}  // namespace catena
