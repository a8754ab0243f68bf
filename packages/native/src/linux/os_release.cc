// SPDX-License-Identifier: Apache-2.0
#include "linux/os_release.h"

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// A shell keeps the backslash within double quotes before any other character.
bool is_escapable_in_quotes(char c) { return c == '"' || c == '$' || c == '`' || c == '\\'; }

// The value that a shell would assign. Empty if a quote is not closed or something follows the value.
std::optional<std::string> unquoted(std::string_view text) {
  std::string value;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool has_next = i + 1 < text.size();
    if (quote == '\0' && is_blank(c)) {
      const auto rest = trimmed(text.substr(i));
      if (rest.empty() || rest.starts_with('#')) return value;
      return std::nullopt;
    }
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (quote == c) {
      quote = '\0';
    } else if (c == '\\' && has_next && (quote == '\0' || (quote == '"' && is_escapable_in_quotes(text[i + 1])))) {
      value += text[++i];
    } else {
      value += c;
    }
  }
  return quote == '\0' ? std::optional(value) : std::nullopt;
}

}  // namespace

OsRelease parse_os_release(std::string_view text) {
  OsRelease release;
  while (!text.empty()) {
    const auto line = trimmed(take_line(text));
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    const auto key = line.substr(0, equals);
    auto value = unquoted(line.substr(equals + 1));
    if (!value || value->empty()) value.reset();
    if (key == "PRETTY_NAME") release.pretty_name = std::move(value);
    if (key == "NAME") release.name = std::move(value);
    if (key == "VERSION_ID") release.version_id = std::move(value);
  }
  return release;
}

}  // namespace hostscope::linux_os
