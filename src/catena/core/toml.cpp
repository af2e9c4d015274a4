#include "catena/core/toml.h"

#include <string>
#include <utility>

#include "catena/core/text.h"

namespace catena {

Result<toml::table> parse_toml(std::string_view bytes, std::string_view source,
                               std::string_view hint) {
  CATENA_TRY(ascii, to_ascii_toml(bytes, source));
  toml::parse_result parsed = toml::parse(std::string_view(ascii));
  if (parsed) return std::move(parsed).table();
  const toml::source_position at = parsed.error().source().begin;
  // The parser quotes what it met, whatever that is.
  std::string what(parsed.error().description().substr(0, 200));
  for (char& c : what) c = c >= ' ' && c <= '~' ? c : '?';
  if (!what.empty()) what.replace(0, 1, to_lower(what.substr(0, 1)));
  return fail(Errc::kBadFormat, "not well-formed TOML: " + what,
              place_in_toml(bytes, source, at.line, at.column), std::string(hint));
}

}  // namespace catena
