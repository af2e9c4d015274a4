// The files of labels as TOML: what their readers share. Included by .cpp files only.
#pragma once

#include <string>
#include <string_view>

#include "catena/core/error.h"
#include "catena/core/toml.h"

namespace catena {

/// The top table, its texts as to_ascii_toml writes them.
///
/// errors     kBadFormat: not TOML; the place is file:line:column
inline Result<toml::table> parse_toml(std::string_view bytes, std::string_view source,
                                      const char* hint) {
  CATENA_TRY(ascii, to_ascii_toml(bytes, source));
  toml::parse_result parsed = toml::parse(std::string_view(ascii));
  if (parsed) return std::move(parsed).table();
  const toml::source_position at = parsed.error().source().begin;
  std::string what(parsed.error().description().substr(0, 200));
  for (char& c : what) c = c >= ' ' && c <= '~' ? c : '?';
  return fail(Errc::kBadFormat, "not well-formed TOML: " + what,
              place_in_toml(bytes, source, at.line, at.column), hint);
}

}  // namespace catena
