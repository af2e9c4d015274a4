// The report that a person reads: one page that opens anywhere, offline.
#pragma once

#include <string>

#include "catena/report/language.h"
#include "catena/report/results.h"

namespace catena {

/// One self-contained HTML document: no script, no file or font from elsewhere; made for a screen,
/// a phone 390 px wide and A4 paper.
std::string render_html(const Results& results);

/// What of a page is the same in every language: recordings, files, markers, persons, sources.
Language::Names names_in(const Results& results);

}  // namespace catena
