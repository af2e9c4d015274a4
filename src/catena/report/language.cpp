#include "catena/report/language.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>

#include "catena/core/text.h"
#include "catena/report/language_files.h"

namespace catena {
namespace {

// Holes within holes, and how many ways of cutting a text are tried.
constexpr int kDeepest = 5;
constexpr int kMostSteps = 100000;
constexpr std::size_t kLongestText = 1200;  // looked up as a whole

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_large(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_small(c) || is_large(c); }
bool has_letters(std::string_view text) { return std::ranges::any_of(text, is_letter); }

char small(char c) { return is_large(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string with_small_start(std::string_view text) {
  if (text.empty()) return "";
  std::string out(1, small(text.front()));
  return out.append(text.substr(1));
}

std::string with_capital_start(const std::string& text) {
  if (text.empty()) return text;
  std::string out(1, is_small(text[0]) ? static_cast<char>(text[0] - 'a' + 'A') : text[0]);
  out.append(text, 1);
  // Umlauts in UTF-8: a, o and u with dots lie 0x20 above their capitals.
  if (out.size() > 1 && out[0] == '\xc3' && static_cast<unsigned char>(out[1]) >= 0xa0) {
    out[1] = static_cast<char>(static_cast<unsigned char>(out[1]) - 0x20);
  }
  return out;
}

/// Units that follow a number and are the same everywhere.
bool is_unit(std::string_view word) {
  constexpr std::array<std::string_view, 18> kUnits = {"deg", "cm", "mm",    "m",   "s",   "ms",
                                                       "kg",  "Hz", "km",    "min", "m/s", "km/h",
                                                       "N",   "BW", "deg/s", "W",   "rad", "SD"};
  return std::ranges::find(kUnits, word) != kUnits.end();
}

/// Numbers, signs, units: nothing that reads differently but for the decimal sign.
bool is_number(std::string_view text) {
  std::size_t at = 0;
  bool digits = false;
  while (at < text.size()) {
    if (!is_letter(text[at])) {
      digits = digits || is_digit(text[at]);
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || text[end] == '/')) ++end;
    if (!is_unit(text.substr(at, end - at))) return false;
    at = end;
  }
  return digits || !has_letters(text);
}

std::string first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != ' ' && text[end] != ',' && text[end] != ':' &&
         text[end] != ';' && text[end] != '.') {
    ++end;
  }
  return to_lower(text.substr(0, end));
}

/// Without blanks and one full stop at its end.
std::string_view core_of(std::string_view text) {
  text = trim(text);
  if (text.size() > 1 && text.back() == '.' && !text.ends_with("..")) text.remove_suffix(1);
  return text;
}

/// "Laslett et al. 2005, Man Ther 10:207": authors, a year, and the journal if it is said.
bool is_reference(std::string_view text) {
  if (text.empty() || !(is_large(text[0]) || text.starts_with("van "))) return false;
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    const std::string_view year = text.substr(at + 1, 4);
    if (year.size() < 4 || !std::ranges::all_of(year, is_digit)) continue;
    const std::string_view rest = text.substr(at + 5);
    const bool is_journal = rest.starts_with(", ") && rest.find(": ") == std::string_view::npos &&
                            rest.find("; ") == std::string_view::npos;
    return (year.starts_with("19") || year.starts_with("20")) && (rest.empty() || is_journal);
  }
  return false;
}

/// The sentences of a paragraph, each with its full stop.
std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences;
  std::size_t start = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const bool ends = (text[i] == '.' || text[i] == '?' || text[i] == '!') && text[i + 1] == ' ' &&
                      (is_letter(text[i + 2]) || is_digit(text[i + 2]));
    if (!ends) continue;
    sentences.emplace_back(text.substr(start, i + 1 - start));
    start = i + 2;
  }
  sentences.emplace_back(text.substr(start));
  return sentences;
}

}  // namespace

struct Language::Search {
  const Names& names;
  int depth = 0;
  int steps = 0;
  // What was looked for so deep already, and what came of it.
  std::map<std::pair<int, std::string>, std::optional<std::string>> known;
};

Result<Language> Language::parse(std::string_view bytes, std::string_view source) {
  using Json = nlohmann::ordered_json;
  const auto wrong = [&](const std::string& what) {
    return fail(Errc::kBadFormat, what, std::string(source), "see docs/languages.md");
  };
  const Json json = Json::parse(bytes, nullptr, false);
  if (!json.is_object() || !json.contains("texts") || !json["texts"].is_object()) {
    return wrong("this is no language");
  }
  Language language;
  for (const auto& [key, member] :
       {std::pair{"language", &Language::code_}, std::pair{"name", &Language::name_}}) {
    if (!json.contains(key) || !json[key].is_string()) return wrong(fmt::format("no {}", key));
    language.*member = json[key].get<std::string>();
  }
  const std::string decimal = json.value("decimal", ".");
  if (decimal.size() != 1) return wrong("decimal is not one character");
  language.decimal_ = decimal[0];
  for (const auto& [key, value] : json["texts"].items()) {
    if (!value.is_string()) return wrong(fmt::format("'{}' is no text", excerpt(key)));
    Template text;
    text.other = value.get<std::string>();
    std::string_view rest = core_of(key);
    for (std::size_t at = rest.find('{'); at != std::string::npos; at = rest.find('{')) {
      const bool is_name = rest.substr(at, 3) == "{*}";
      if (!is_name && rest.substr(at, 2) != "{}") {
        return wrong(fmt::format("'{}' has a hole that is neither {{}} nor {{*}}", excerpt(key)));
      }
      text.pieces.emplace_back(rest.substr(0, at));
      text.is_name.push_back(is_name);
      rest.remove_prefix(at + (is_name ? 3 : 2));
    }
    text.pieces.emplace_back(rest);
    text.other = std::string(core_of(text.other));
    const std::string start = with_small_start(text.pieces.front());
    if (text.is_name.empty()) {
      language.whole_[start] = text.other;
    } else if (trim(start).empty()) {
      language.without_word_.push_back(text);
    } else {
      text.pieces.front() = start;
      language.by_word_[first_word(start)].push_back(text);
    }
  }
  // What says more of a text is tried first.
  const auto literal_size = [](const Template& text) {
    std::size_t size = 0;
    for (const std::string& piece : text.pieces) size += piece.size();
    return size;
  };
  const auto sort = [&](std::vector<Template>& list) {
    std::ranges::stable_sort(list, std::greater<>(), literal_size);
  };
  sort(language.without_word_);
  for (auto& [word, list] : language.by_word_) sort(list);
  return language;
}

std::string Language::number(std::string_view english) const {
  std::string out(english);
  for (std::size_t i = 1; i + 1 < out.size(); ++i) {
    if (out[i] == '.' && is_digit(out[i - 1]) && is_digit(out[i + 1])) out[i] = decimal_;
  }
  return out;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as a text has holes, and holes of holes
bool Language::match(const Template& candidate, std::string_view text, std::size_t hole,
                     std::vector<std::string>& held, Search& search) const {
  if (++search.steps > kMostSteps) return false;
  if (hole == candidate.is_name.size()) return text.empty();
  const std::string& after = candidate.pieces[hole + 1];
  const bool is_last = hole + 1 == candidate.is_name.size();
  for (std::size_t end = 1; end <= text.size(); ++end) {
    if (is_last) {
      if (!text.ends_with(after) || text.size() <= after.size()) return false;
      end = text.size() - after.size();
    } else {
      end = text.find(after, end);
      if (end == std::string_view::npos) return false;
    }
    const std::string_view inside = text.substr(0, end);
    std::optional<std::string> told;
    if (candidate.is_name[hole]) {
      told = std::string(inside);
    } else if (is_number(inside)) {
      told = number(inside);
    } else if (search.depth < kDeepest) {
      ++search.depth;
      const std::pair<int, std::string> key(search.depth, inside);
      const auto known = search.known.find(key);
      told = known != search.known.end() ? known->second : find(inside, search);
      search.known.emplace(key, told);
      --search.depth;
    }
    if (told) {
      held[hole] = *told;
      const std::string_view rest = text.substr(end + after.size());
      if (match(candidate, rest, hole + 1, held, search)) return true;
    }
    if (is_last) return false;
  }
  return false;
}

// NOLINTNEXTLINE(misc-no-recursion)
std::optional<std::string> Language::find(std::string_view english, Search& search) const {
  const std::string_view core = core_of(english);
  const bool is_capital = !core.empty() && is_large(core[0]);
  const std::string lowered = with_small_start(core);
  const auto as_it_stood = [&](const std::string& text) {
    return is_capital ? with_capital_start(text) : text;
  };
  if (search.names.contains(core) || is_reference(core)) return std::string(core);
  if (const auto at = whole_.find(lowered); at != whole_.end()) return as_it_stood(at->second);
  const auto filled = [&](const Template& candidate,
                          std::string_view text) -> std::optional<std::string> {
    const std::string& start = candidate.pieces.front();
    if (!text.starts_with(start)) return std::nullopt;
    std::vector<std::string> held(candidate.is_name.size());
    if (!match(candidate, text.substr(start.size()), 0, held, search)) return std::nullopt;
    std::string out;
    std::size_t next = 0;
    for (std::size_t i = 0; i < candidate.other.size(); ++i) {
      const std::size_t close =
          candidate.other[i] == '{' ? candidate.other.find('}', i) : std::string::npos;
      if (close == std::string::npos) {
        out += candidate.other[i];
        continue;
      }
      const std::string inside = candidate.other.substr(i + 1, close - i - 1);
      const bool numbered = !inside.empty() && std::ranges::all_of(inside, is_digit);
      const std::size_t which = numbered ? static_cast<std::size_t>(inside[0] - '0') : next++;
      if (which < held.size()) out += held[which];
      i = close;
    }
    return out;
  };
  if (const auto at = by_word_.find(first_word(lowered)); at != by_word_.end()) {
    for (const Template& candidate : at->second) {
      if (auto text = filled(candidate, lowered)) return as_it_stood(*text);
    }
  }
  for (const Template& candidate : without_word_) {
    if (auto text = filled(candidate, core)) return as_it_stood(*text);
  }
  return std::nullopt;
}

std::optional<std::string> Language::find(std::string_view english, const Names& names) const {
  if (english.size() > kLongestText) return std::nullopt;
  Search search{names, 0, 0, {}};
  return find(english, search);
}

std::string Language::translate(std::string_view english, std::vector<std::string>& missing,
                                const Names& names) const {
  if (is_number(english)) return number(english);
  const std::string_view core = trim(english);
  const std::string before(english.substr(0, english.find(core)));
  const std::string after(english.substr(before.size() + core.size()));
  const auto with_stop = [](std::string_view from, std::string text) {
    if (from.ends_with('.') && !text.ends_with('.')) text += '.';
    return text;
  };
  if (const auto whole = find(core, names)) return before + with_stop(core, *whole) + after;
  std::string out;
  for (const std::string& sentence : sentences_of(core)) {
    if (!out.empty()) out += ' ';
    if (is_number(sentence)) {
      out += number(sentence);
    } else if (const auto told = find(sentence, names)) {
      out += with_stop(sentence, *told);
    } else {
      out += sentence;
      missing.push_back(sentence);
    }
  }
  return before + out + after;
}

std::vector<std::string> Language::sentences() const {
  std::vector<std::string> all;
  for (const auto& [english, other] : whole_) all.push_back(other);
  for (const auto& [word, list] : by_word_) {
    for (const Template& text : list) all.push_back(text.other);
  }
  for (const Template& text : without_word_) all.push_back(text.other);
  return all;
}

const Language* find_language(std::string_view code) {
  static const std::vector<Language> languages = [] {
    std::vector<Language> list;
    for (const EmbeddedFile& file : language_files()) {
      auto parsed = Language::parse(file.text, file.name);
      assert(parsed.has_value());  // a test reads each
      if (parsed) list.push_back(std::move(*parsed));
    }
    return list;
  }();
  const auto at = std::ranges::find(languages, code, &Language::code);
  return at == languages.end() ? nullptr : &*at;
}

std::vector<std::string> language_codes() {
  std::vector<std::string> codes;
  for (const EmbeddedFile& file : language_files()) codes.emplace_back(stem_of(file.name));
  return codes;
}

}  // namespace catena
