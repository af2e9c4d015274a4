// The tables of the report.
#pragma once

#include <string>
#include <vector>

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// A table: the first cell of each row is its heading. On a phone every row becomes a block in
/// which each cell says its column's name.
struct HtmlTable {
  std::string name = {};  // of its kind in the style sheet; empty: no columns of its own
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

void write_html_table(Markup& html, const HtmlTable& table);

/// Who takes up the next degree: share, what of it comes by rotation and drop, pooled slope,
/// and the share with each demand left out.
HtmlTable share_table(const Results& results, Side side);

/// The four curves with their probabilities, and where a stop is.
HtmlTable stop_table(const Results& results, Side side);

/// The budget gained, at the peak over all strides, and at the peak per demand.
HtmlTable budget_table(const Results& results, Side side);

/// How well the model fits the markers, recording by recording.
HtmlTable marker_fit_table(const Results& results);

}  // namespace catena
