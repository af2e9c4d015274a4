// What the report has for the therapist after the runner's page, in the order in which it shows it.
#pragma once

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// The answer in the therapist's words, and what should be looked at before it is believed.
void write_therapist_head(Markup& html, const Results& results);

/// For, against, context: what each rule found, what it added, and its source.
void write_evidence(Markup& html, const Results& results, int& number);

/// How far each joint can go by the exam beside how far the run asks it to go.
void write_exam_beside_run(Markup& html, const Results& results, int& number);

void write_next_measurements(Markup& html, const Results& results, int& number);

void write_repetition(Markup& html, const Results& results, int& number);

/// The place for what-ifs, which are not built.
void write_what_ifs(Markup& html, int& number);

/// What the answer had to assume. Nothing where nothing was.
void write_answer_assumptions(Markup& html, const Results& results, int& number);

}  // namespace catena
