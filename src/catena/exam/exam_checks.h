// Answers that contradict each other.
#pragma once

#include "catena/exam/exam_reader.h"
#include "catena/exam/examination.h"

namespace catena {

/// What of [symptoms] cannot be true together is noted, and not used.
///
/// only_running   the answer to "does it hurt when running only"; sets in_daily_life
void settle_symptoms(const TreeValue& table, Answered only_running, Symptoms& symptoms,
                     ExamReader& reader);

/// The same for [training].
void settle_training(const TreeValue& table, Training& training, ExamReader& reader);

}  // namespace catena
