// A made-up body with five markers, one of them far off, for the tests of this layer.
#pragma once

#include "catena/report/body_picture.h"

namespace catena {

inline BodyPicture fixture_picture() {
  BodyPicture picture;
  picture.title = "runner <1>";
  picture.posture = "static.trc at 0.50 s";
  picture.bones = {{"hips", {0.0, 0.92, 0.08}, {0.0, 0.92, -0.08}},
                   {"pelvis", {0.0, 0.92, 0.0}, {-0.05, 1.02, 0.0}},
                   {"trunk", {-0.05, 1.02, 0.0}, {-0.05, 1.48, 0.0}},
                   {"head", {-0.05, 1.54, 0.0}, {-0.05, 1.67, 0.0}},
                   {"thigh_r", {0.0, 0.92, 0.08}, {0.02, 0.50, 0.08}},
                   {"thigh_l", {0.0, 0.92, -0.08}, {0.02, 0.50, -0.08}},
                   {"shank_r", {0.02, 0.50, 0.08}, {-0.02, 0.08, 0.08}},
                   {"shank_l", {0.02, 0.50, -0.08}, {-0.02, 0.08, -0.08}},
                   {"foot_r", {-0.02, 0.08, 0.08}, {0.15, 0.02, 0.10}},
                   {"foot_l", {-0.02, 0.08, -0.08}, {0.15, 0.02, -0.10}}};
  picture.markers = {{"RASI", {0.09, 1.00, 0.12}, {0.09, 1.00, 0.126}},
                     {"LASI", {0.09, 1.00, -0.12}, {0.09, 1.008, -0.12}},
                     {"SACR", {-0.11, 1.02, 0.00}, {-0.11, 1.02, 0.00}},
                     {"RHEEL", {-0.08, 0.04, 0.08}, {-0.05, 0.04, 0.08}},
                     {"C7", {-0.12, 1.46, 0.00}, {-0.12, 1.472, 0.00}}};
  picture.joints = {{"right hip", {0.0, 0.92, 0.08}}, {"left hip", {0.0, 0.92, -0.08}}};
  // Of 6, 8, 0, 30 and 12 mm.
  picture.marker_rms_m = 0.01513;
  return picture;
}

}  // namespace catena
