// All files of one analysis, as bytes by name.
#pragma once

#include "catena/core/file.h"
#include "catena/report/results.h"

namespace catena {

/// report.html, result.json, curves.csv, and NAME_ik.mot for each recording.
FileSet render_files(const Results& results);

}  // namespace catena
