// Writes HTML and SVG text that is well formed and escaped, whatever the strings hold.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catena {

/// &, <, >, " and ' as entities; control characters that neither HTML nor XML allow become spaces.
std::string escape_markup(std::string_view text);

/// Name and value of one attribute; the value is escaped on writing, an empty one is left out.
using Attribute = std::pair<std::string_view, std::string>;
using Attributes = std::initializer_list<Attribute>;

/// A growing document. Every open() needs its close(); text is always escaped.
class Markup {
 public:
  void open(std::string_view tag, Attributes attributes = {});
  void close();

  /// <tag ...>text</tag>
  void element(std::string_view tag, std::string_view text, Attributes attributes = {});

  /// <tag .../>, or <tag ...> for the void elements of HTML (meta, br, ...).
  void empty_element(std::string_view tag, Attributes attributes = {});

  void text(std::string_view text);

  /// Markup made by another writer: an SVG drawing, the style sheet. Not escaped.
  void raw(std::string_view markup);

  /// The document; everything opened must be closed.
  std::string finish() &&;

 private:
  void start_tag(std::string_view tag, Attributes attributes);

  std::string text_;
  std::vector<std::string> open_tags_;
};

}  // namespace catena
