// The sections of the report, in the order in which it shows them.
#pragma once

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

void write_findings(Markup& html, const Results& results);
void write_figures(Markup& html, const Results& results);
void write_budgets(Markup& html, const Results& results);
void write_stop_curves(Markup& html, const Results& results);
void write_numbers(Markup& html, const Results& results);
void write_marker_fit(Markup& html, const Results& results);
void write_assumptions(Markup& html, const Results& results);

}  // namespace catena
