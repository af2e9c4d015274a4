#include "catena/report/markup.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

TEST(Markup, EscapesTextAndAttributes) {
  Markup markup;
  markup.element("p", "a < b & \"c\"", {{"title", "it's <b>"}});
  EXPECT_EQ(std::move(markup).finish(),
            "<p title=\"it&#39;s &lt;b&gt;\">a &lt; b &amp; &quot;c&quot;</p>\n");
}

TEST(Markup, TurnsControlCharactersThatXmlForbidsIntoSpaces) {
  EXPECT_EQ(escape_markup(std::string("a\0b\x1b"
                                      "c\td\n",
                                      8)),
            "a b c\td\n");
}

TEST(Markup, KeepsUtf8) { EXPECT_EQ(escape_markup("\u2212 5\u00b0"), "\u2212 5\u00b0"); }

TEST(Markup, ClosesInTheOrderOfOpening) {
  Markup markup;
  markup.open("div", {{"class", "x"}, {"id", ""}});
  markup.open("b");
  markup.text("bold");
  markup.close();
  markup.empty_element("br");
  markup.empty_element("rect", {{"x", "1"}});
  markup.close();
  // An empty attribute is left out; no line break follows an inline element.
  EXPECT_EQ(std::move(markup).finish(),
            "<div class=\"x\"><b>bold</b><br>\n<rect x=\"1\"/>\n</div>\n");
}

}  // namespace
}  // namespace catena
