// A body and its markers from three sides.
#pragma once

#include <string>

#include "catena/report/body_picture.h"

namespace catena {

/// An <svg> element: the body from the front, from its right and from above, to one scale, with
/// every marker as measured, as the model has it, and the line between. Empty without a bone and a
/// marker.
std::string draw_body_picture(const BodyPicture& picture);

}  // namespace catena
