// The report's other languages: English is the source, and every text of a finished page is looked
// up in report/languages/*.json. docs/languages.md tells how to add one.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// English texts with holes, and what stands for them.
///
/// {} holds a number, which gets the language's decimal sign, or words, which are looked up in
/// turn;
/// {*} holds a name, which stays as it is. In the other language {0}, {1}, ... may change places.
class Language {
 public:
  /// Texts that are the same in every language, without a full stop.
  using Names = std::set<std::string, std::less<>>;

  /// errors     kBadFormat: no such file; a hole on one side that the other has not
  static Result<Language> parse(std::string_view bytes, std::string_view source);

  [[nodiscard]] const std::string& code() const { return code_; }  // "de"
  [[nodiscard]] const std::string& name() const { return name_; }  // "Deutsch"

  /// A text of the page. Looked for whole first, then sentence by sentence; what is not found stays
  /// English and is added to `missing`. A text without letters has its numbers written anew.
  ///
  /// names      of persons, recordings, ...: stay as they are
  [[nodiscard]] std::string translate(std::string_view english, std::vector<std::string>& missing,
                                      const Names& names = {}) const;

  /// One text as a whole; none where the language does not have it.
  [[nodiscard]] std::optional<std::string> find(std::string_view english,
                                                const Names& names = {}) const;

  /// The language's own side of every text.
  [[nodiscard]] std::vector<std::string> sentences() const;

 private:
  /// A text cut at its holes.
  struct Template {
    std::vector<std::string> pieces;  // English, one more than holes
    std::vector<bool> is_name;        // of each hole
    std::string other;
  };
  struct Search;

  [[nodiscard]] std::optional<std::string> find(std::string_view english, Search& search) const;
  bool match(const Template& candidate, std::string_view text, std::size_t hole,
             std::vector<std::string>& held, Search& search) const;
  [[nodiscard]] std::string number(std::string_view english) const;

  std::string code_, name_;
  char decimal_ = '.';
  std::map<std::string, std::string, std::less<>> whole_;              // texts without holes
  std::map<std::string, std::vector<Template>, std::less<>> by_word_;  // by the first word, small
  std::vector<Template> without_word_;                                 // that begin with a hole
};

/// The language of this code that comes with the program, or null: English needs none.
const Language* find_language(std::string_view code);

/// "de", ...: those besides English.
std::vector<std::string> language_codes();

struct TranslatedPage {
  std::string html;
  std::vector<std::string> missing;  // texts that stayed English, each once
};

/// A finished page in another language: every text, and what alt, aria-label, title and content
/// say. What stands in style, code and elements with translate="no" stays. The page says at its end
/// how many texts stayed English.
///
/// html       written by Markup: well formed
TranslatedPage translate_page(std::string_view html, const Language& language,
                              const Language::Names& names = {});

}  // namespace catena
