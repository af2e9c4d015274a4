#include "catena/report/markup.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace catena {
namespace {

// Elements that HTML writes without an end tag.
constexpr std::array<std::string_view, 5> kVoidElements = {"meta", "br", "hr", "link", "img"};

// Elements inside a line of text, after which a line break would show as a space.
constexpr std::array<std::string_view, 8> kInlineElements = {"b",    "em",    "span", "strong",
                                                             "code", "tspan", "a",    "abbr"};

template <class List>
bool contains(const List& list, std::string_view tag) {
  return std::find(list.begin(), list.end(), tag) != list.end();
}

bool is_forbidden_control(unsigned char c) {
  return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

}  // namespace

std::string escape_markup(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += is_forbidden_control(static_cast<unsigned char>(c)) ? ' ' : c;
    }
  }
  return escaped;
}

void Markup::start_tag(std::string_view tag, Attributes attributes) {
  text_ += '<';
  text_ += tag;
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    text_ += ' ';
    text_ += name;
    text_ += "=\"";
    text_ += escape_markup(value);
    text_ += '"';
  }
}

void Markup::open(std::string_view tag, Attributes attributes) {
  start_tag(tag, attributes);
  text_ += '>';
  open_tags_.emplace_back(tag);
}

void Markup::close() {
  assert(!open_tags_.empty());
  text_ += "</" + open_tags_.back() + ">";
  if (!contains(kInlineElements, open_tags_.back())) text_ += '\n';
  open_tags_.pop_back();
}

void Markup::element(std::string_view tag, std::string_view text, Attributes attributes) {
  open(tag, attributes);
  text_ += escape_markup(text);
  close();
}

void Markup::empty_element(std::string_view tag, Attributes attributes) {
  start_tag(tag, attributes);
  text_ += contains(kVoidElements, tag) ? ">\n" : "/>\n";
}

void Markup::text(std::string_view text) { text_ += escape_markup(text); }

void Markup::raw(std::string_view markup) { text_ += markup; }

std::string Markup::finish() && {
  assert(open_tags_.empty());
  return std::move(text_);
}

}  // namespace catena
