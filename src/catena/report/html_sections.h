// The sections of the report, in the order in which it shows them.
#pragma once

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

// Each counts `number` on for its heading.
void write_findings(Markup& html, const Results& results, int& number);
void write_figures(Markup& html, const Results& results, int& number);
void write_budgets(Markup& html, const Results& results, int& number);
void write_stop_curves(Markup& html, const Results& results, int& number);
void write_numbers(Markup& html, const Results& results, int& number);
void write_marker_fit(Markup& html, const Results& results, int& number);
void write_assumptions(Markup& html, const Results& results, int& number);

}  // namespace catena
