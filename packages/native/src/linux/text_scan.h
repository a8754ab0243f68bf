// SPDX-License-Identifier: Apache-2.0
// Reading the text of kernel files: lines, keys that begin a line, and whole numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hostscope::linux_os {

// Takes the next line, without its end, off the front of `rest`.
inline std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// Takes the next word that blanks set apart; empty at the end of the text.
inline std::string_view take_word(std::string_view& rest) {
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  std::size_t size = 0;
  while (size < rest.size() && !is_blank(rest[size])) ++size;
  const std::string_view word = rest.substr(0, size);
  rest.remove_prefix(size);
  return word;
}

// The whole text as a decimal number; empty for anything else, a sign or a number beyond 64 bits included.
inline std::optional<std::uint64_t> whole_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    if (__builtin_mul_overflow(value, std::uint64_t{10}, &value)) return std::nullopt;
    if (__builtin_add_overflow(value, static_cast<std::uint64_t>(c - '0'), &value)) return std::nullopt;
  }
  return value;
}

// The same for ids, which have 32 bits.
inline std::optional<std::uint32_t> whole_number32(std::string_view text) {
  const auto value = whole_number(text);
  if (!value || *value > 0xFFFFFFFFu) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

struct KeyValue {
  std::string_view key, value;
};

// Splits at the first colon, for a kernel may leave out the blanks around it. The key begins the line. Empty if there
// is no colon.
inline std::optional<KeyValue> split_at_colon(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view key = line.substr(0, colon);
  while (!key.empty() && is_blank(key.back())) key.remove_suffix(1);
  return KeyValue{key, trimmed(line.substr(colon + 1))};
}

}  // namespace hostscope::linux_os
