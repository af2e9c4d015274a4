// The report's sections on strides: times and distances, angles over the stride, how alike strides
// are, how parts turn together.
#pragma once

#include "catena/report/html_tables.h"
#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// A table of each recording, right beside left beside other runners.
void write_strides(Markup& html, const Results& results, int& number);

/// Mean curves with their bands, recording by recording; right against left in words.
void write_angle_curves(Markup& html, const Results& results, int& number);

/// Every stride, and those that stand out.
void write_consistency(Markup& html, const Results& results, int& number);

/// Vector coding and relative phase.
void write_coordination(Markup& html, const Results& results, int& number);

/// The rows of one recording's table.
HtmlTable stride_table(const RecordingResult& recording);

}  // namespace catena
