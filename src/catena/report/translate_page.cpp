#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catena/report/language.h"
#include "catena/report/markup.h"

namespace catena {
namespace {

constexpr std::array<std::string_view, 4> kSpokenAttributes = {"alt", "aria-label", "title",
                                                               "content"};
constexpr std::array<std::string_view, 3> kSilentElements = {"style", "code", "script"};

std::string unescape(std::string_view markup) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};
  std::string text;
  while (!markup.empty()) {
    const auto at = std::ranges::find_if(
        kEntities, [&](const auto& entity) { return markup.starts_with(entity.first); });
    text += at == kEntities.end() ? markup.front() : at->second;
    markup.remove_prefix(at == kEntities.end() ? 1 : at->first.size());
  }
  return text;
}

class PageTranslator {
 public:
  PageTranslator(std::string_view html, const Language& language, const Language::Names& names)
      : html_(html), language_(language), names_(names) {}

  TranslatedPage run() && {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      put_text(html_.substr(at_, open - at_));
      const std::size_t close = open == html_.size() ? open : end_of_tag(open);
      if (open < close) put_tag(html_.substr(open, close - open));
      at_ = close;
    }
    return std::move(page_);
  }

 private:
  /// Behind the ">" that is not inside a value.
  [[nodiscard]] std::size_t end_of_tag(std::size_t open) const {
    bool quoted = false;
    for (std::size_t i = open; i < html_.size(); ++i) {
      if (html_[i] == '"') quoted = !quoted;
      if (html_[i] == '>' && !quoted) return i + 1;
    }
    return html_.size();
  }

  std::string told(std::string_view english) {
    std::vector<std::string> missing;
    const std::string text = language_.translate(unescape(english), missing, names_);
    for (std::string& one : missing) {
      if (std::ranges::find(page_.missing, one) == page_.missing.end()) {
        page_.missing.push_back(std::move(one));
      }
    }
    return escape_markup(text);
  }

  void put_text(std::string_view text) {
    const bool is_blank = text.find_first_not_of(" \n\t") == std::string_view::npos;
    page_.html += is_blank || silent_ > 0 ? std::string(text) : told(text);
  }

  void put_tag(std::string_view tag) {
    const bool ends = tag.starts_with("</");
    const std::size_t from = ends ? 2 : 1;
    const std::string_view name = tag.substr(from, tag.find_first_of(" >/", from) - from);
    const bool is_single = tag.ends_with("/>") || tag.starts_with("<!") || name == "meta" ||
                           name == "br" || name == "hr" || name == "link" || name == "img";
    if (ends) {
      if (silent_ > 0) --silent_;
      if (name == "main") put_count();
      page_.html += tag;
      return;
    }
    const bool begins_silence = std::ranges::find(kSilentElements, name) != kSilentElements.end() ||
                                tag.find(" translate=\"no\"") != std::string_view::npos;
    if (!is_single && (silent_ > 0 || begins_silence)) ++silent_;
    if (name == "html") {
      put_language(tag);
    } else {
      put_attributes(name, tag);
    }
  }

  void put_language(std::string_view tag) {
    const std::string_view english = "lang=\"en\"";
    const std::size_t at = tag.find(english);
    page_.html += tag.substr(0, at);
    if (at == std::string_view::npos) return;
    page_.html += "lang=\"" + language_.code() + "\"";
    page_.html += tag.substr(at + english.size());
  }

  void put_attributes(std::string_view name, std::string_view tag) {
    std::size_t at = 0;
    for (std::size_t equals = tag.find("=\"", at); equals != std::string_view::npos;
         equals = tag.find("=\"", at)) {
      const std::size_t start = tag.rfind(' ', equals) + 1;
      const std::string_view key = tag.substr(start, equals - start);
      const std::size_t value = equals + 2;
      const std::size_t end = tag.find('"', value);
      const bool spoken = name != "meta" && silent_ == 0 &&
                          std::ranges::find(kSpokenAttributes, key) != kSpokenAttributes.end();
      page_.html += tag.substr(at, value - at);
      const std::string_view text = tag.substr(value, end - value);
      page_.html += spoken ? told(text) : std::string(text);
      at = end;
    }
    page_.html += tag.substr(at);
  }

  /// What stayed English, for the reader and for who adds to the catalogue.
  void put_count() {
    if (page_.missing.empty()) return;
    std::vector<std::string> ignored;
    const std::string sentence = language_.translate(
        fmt::format("{} texts of this page have no translation yet.", page_.missing.size()),
        ignored);
    page_.html +=
        "<p class=\"note\">" + escape_markup(sentence) + "</p>\n<ul class=\"note\" lang=\"en\">\n";
    for (const std::string& text : page_.missing) {
      page_.html += "<li>" + escape_markup(text) + "</li>\n";
    }
    page_.html += "</ul>\n";
  }

  std::string_view html_;
  const Language& language_;
  const Language::Names& names_;
  TranslatedPage page_;
  std::size_t at_ = 0;
  int silent_ = 0;  // elements open since the one whose text stays
};

}  // namespace

TranslatedPage translate_page(std::string_view html, const Language& language,
                              const Language::Names& names) {
  return PageTranslator(html, language, names).run();
}

}  // namespace catena
