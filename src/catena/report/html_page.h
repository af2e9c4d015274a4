// What every page has: its head, headings, lists, warnings, and what it was made from.
#pragma once

#include <string>
#include <vector>

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// The <head> with the style sheet.
void write_page_head(Markup& html, const std::string& title);

/// "2 Where the angle comes from"
void write_heading(Markup& html, int number, const std::string& words);

/// With a capital at the start.
std::string capital(const std::string& words);

/// With a capital at the start and a full stop at the end.
std::string sentence(const std::string& words);

/// Nothing for no words.
void write_paragraph(Markup& html, const std::string& words);

void write_bullets(Markup& html, const std::vector<std::string>& items);

/// What should be looked at first; a long list is cut, and `rest` says where all of it stands:
/// "in section 6". Nothing for none.
void write_warnings(Markup& html, const std::vector<std::string>& warnings,
                    const std::string& rest);

/// The page's foot: version, command, files and their fingerprints.
void write_provenance(Markup& html, const Provenance& provenance);

}  // namespace catena
