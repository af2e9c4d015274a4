#include "catena/report/html_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/report/page_style.h"

namespace catena {

void write_page_head(Markup& html, const std::string& title) {
  html.open("head");
  html.empty_element("meta", {{"charset", "utf-8"}});
  html.empty_element("meta",
                     {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", title);
  html.open("style");
  html.raw(page_style());
  html.close();
  html.close();
}

void write_heading(Markup& html, int number, const std::string& words) {
  html.open("h2");
  html.element("span", std::to_string(number), {{"class", "n"}});
  html.text(words);
  html.close();
}

std::string capital(const std::string& words) {
  std::string out = words;
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] -= 'a' - 'A';
  return out;
}

std::string sentence(const std::string& words) {
  std::string out = capital(words);
  if (!out.empty() && out.back() != '.') out += '.';
  return out;
}

void write_paragraph(Markup& html, const std::string& words) {
  if (!words.empty()) html.element("p", words);
}

void write_bullets(Markup& html, const std::vector<std::string>& items) {
  html.open("ul");
  for (const std::string& item : items) html.element("li", item);
  html.close();
}

void write_warnings(Markup& html, const std::vector<std::string>& warnings,
                    const std::string& rest) {
  if (warnings.empty()) return;
  html.open("div", {{"class", "flags warnings"}});
  html.element("p", "Look at this before you believe the result:");
  html.open("ul");
  // A long list would bury the findings.
  constexpr std::size_t kMostWarnings = 6;
  for (std::size_t i = 0; i < std::min(kMostWarnings, warnings.size()); ++i) {
    html.element("li", warnings[i]);
  }
  if (warnings.size() > kMostWarnings) {
    html.element("li", fmt::format("{} more, {}.", warnings.size() - kMostWarnings, rest));
  }
  html.close();
  html.close();
}

void write_provenance(Markup& html, const Provenance& provenance) {
  html.open("footer", {{"translate", "no"}});
  html.element("p", "Catena " + provenance.version + (provenance.command.empty() ? "" : ": ") +
                        provenance.command);
  html.open("div", {{"class", "hash"}});
  const auto file_line = [&html](const std::string& file, const std::string& sha256) {
    html.element("div", file + (sha256.empty() ? "" : "  sha256 " + sha256));
  };
  if (!provenance.model_file.empty()) file_line(provenance.model_file, provenance.model_sha256);
  for (const auto& [file, sha256] : provenance.inputs) file_line(file, sha256);
  html.close();
  html.close();
}

}  // namespace catena
