// sources: windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
#include "windows/utf16.h"

#include "core/check.h"

using namespace hostscope::windows_os;

int main() {
  CHECK(to_utf8(u"") == "" && to_utf16("").empty());
  CHECK(to_utf8(u"a\u00e9\u20ac\U0001F600z") == "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
  CHECK(to_utf16("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z") == u"a\u00e9\u20ac\U0001F600z");
  // Unpaired surrogates, in each position.
  const char16_t high = 0xD83D, low = 0xDE00;
  CHECK(to_utf8(std::u16string{high}) == "\xEF\xBF\xBD");
  CHECK(to_utf8(std::u16string{low, u'a'}) ==
        "\xEF\xBF\xBD"
        "a");
  CHECK(to_utf8(std::u16string{high, high, low}) == "\xEF\xBF\xBD\xF0\x9F\x98\x80");
  CHECK(to_utf8(std::u16string{low, high}) == "\xEF\xBF\xBD\xEF\xBF\xBD");
  // What is not UTF-8: cut, overlong, a surrogate.
  CHECK(to_utf16("\xE2\x82") == u"\uFFFD");
  CHECK(to_utf16("\xC0\x80") == u"\uFFFD\uFFFD");
  CHECK(to_utf16("a\xFFz") == u"a\uFFFDz");
  // Every character there is comes back.
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::u16string text;
    if (point < 0x10000) {
      text = {static_cast<char16_t>(point)};
    } else {
      text = {static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)),
              static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF))};
    }
    CHECK(to_utf16(to_utf8(text)) == text);
  }
  return 0;
}
