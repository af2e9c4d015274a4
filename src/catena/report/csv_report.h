// The angles of every frame, of every stride and of every demand, as tidy tables.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// RFC 4180: a field with a comma, a quote or a line break stands in quotes, its quotes doubled.
std::string csv_field(const std::string& text);

/// One row a frame and side: recording, demand, side, frame, time_s, the absolute angles in
/// degrees, and is_peak (1 at a peak of thigh extension). Empty cells where no angle is known.
std::string render_curves_csv(const Results& results);

/// One row a stride and angle, clinical ones and the model's own coordinates: recording, demand,
/// side, angle, stride (from 1), from_s, to_s, is_outlier, standing_deg (to be taken off for angles
/// from standing; empty without a trial), then the angle in degrees at 0 to 100 % of the stride.
std::string render_strides_csv(const Results& results);

/// One row a leg and demand, or block of a ramp: side, demand, n_strides, then mean and SD of that
/// mean of the thigh and the parts at peak thigh extension, in degrees from standing: what the line
/// of the shares was fitted to. Empty cells where a part is not known.
std::string render_take_up_csv(const Results& results);

/// One piece of evidence a row: for, against or context; what it added, the value with its interval
/// in `unit`, the clinician's sentence, source and grade. Only the heading where the answer is held
/// back.
std::string render_evidence_csv(const Results& results);

}  // namespace catena
