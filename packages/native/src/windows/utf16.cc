// SPDX-License-Identifier: Apache-2.0
#include "windows/utf16.h"

#include "wire/utf8.h"

namespace hostscope::windows_os {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

constexpr bool is_high(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_low(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

void append_utf8(std::string& out, char32_t point) {
  const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      put(0xE0 | point >> 12);
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3F));
    }
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

char32_t decode(std::string_view character) {
  const auto byte = [&](std::size_t at) { return static_cast<char32_t>(static_cast<unsigned char>(character[at])); };
  char32_t point = character.size() == 1 ? byte(0) : byte(0) & (0x7F >> character.size());
  for (std::size_t at = 1; at < character.size(); ++at) point = point << 6 | (byte(at) & 0x3F);
  return point;
}

}  // namespace

std::string to_utf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char32_t point = text[at];
    if (is_high(point) && at + 1 < text.size() && is_low(text[at + 1])) {
      point = 0x10000 + ((point - 0xD800) << 10) + (text[++at] - 0xDC00U);
    } else if (is_high(point) || is_low(point)) {
      point = kReplacement;
    }
    append_utf8(out, point);
  }
  return out;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto step = wire::utf8::step(text, at);
    const char32_t point = step.well_formed ? decode(text.substr(at, step.length)) : kReplacement;
    at += step.length;
    if (point < 0x10000) {
      out.push_back(static_cast<char16_t>(point));
    } else {
      out.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
    }
  }
  return out;
}

}  // namespace hostscope::windows_os
