// SPDX-License-Identifier: Apache-2.0
#include "windows/command_line.h"

#include "windows/utf16.h"

namespace hostscope::windows_os {
namespace {

constexpr bool is_blank(char16_t unit) { return unit == u' ' || unit == u'\t'; }

// The program's own path: it cannot hold quotes, so backslashes mean themselves.
std::u16string take_program(std::u16string_view text, std::size_t& at) {
  std::u16string program;
  bool quoted = false;
  for (; at < text.size() && (quoted || !is_blank(text[at])); ++at) {
    if (text[at] == u'"') {
      quoted = !quoted;
    } else {
      program.push_back(text[at]);
    }
  }
  return program;
}

// Backslashes mean themselves unless a quote follows: then each two are one, and the odd one makes the quote a letter.
// Two quotes within quotes are one.
std::u16string take_argument(std::u16string_view text, std::size_t& at) {
  std::u16string argument;
  bool quoted = false;
  while (at < text.size() && (quoted || !is_blank(text[at]))) {
    std::size_t backslashes = 0;
    while (at < text.size() && text[at] == u'\\') ++at, ++backslashes;
    if (at == text.size() || text[at] != u'"') {
      argument.append(backslashes, u'\\');
      if (at < text.size() && (quoted || !is_blank(text[at]))) argument.push_back(text[at++]);
      continue;
    }
    argument.append(backslashes / 2, u'\\');
    ++at;
    if (backslashes % 2 == 1) {
      argument.push_back(u'"');
    } else if (quoted && at < text.size() && text[at] == u'"') {
      argument.push_back(u'"');
      ++at;
    } else {
      quoted = !quoted;
    }
  }
  return argument;
}

// Of the basic alphabet only: Windows' own table is its kernel's.
std::u16string in_capitals(std::u16string_view name) {
  std::u16string out(name);
  for (auto& unit : out) {
    if (unit >= u'a' && unit <= u'z') unit = static_cast<char16_t>(unit - u'a' + u'A');
  }
  return out;
}

}  // namespace

std::vector<std::string> parse_command_line(std::u16string_view text) {
  std::vector<std::string> arguments;
  if (text.empty()) return arguments;
  std::size_t at = 0;
  arguments.push_back(to_utf8(take_program(text, at)));
  while (true) {
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at == text.size()) return arguments;
    arguments.push_back(to_utf8(take_argument(text, at)));
  }
}

std::vector<std::pair<std::string, std::string>> parse_environment_block(std::u16string_view block) {
  std::vector<std::pair<std::string, std::string>> variables;
  while (!block.empty()) {
    const auto end = block.find(u'\0');
    if (end == 0 || end == std::u16string_view::npos) break;
    const auto entry = block.substr(0, end);
    const auto equals = entry.find(u'=');
    if (equals != 0 && equals != std::u16string_view::npos) {
      variables.emplace_back(to_utf8(in_capitals(entry.substr(0, equals))), to_utf8(entry.substr(equals + 1)));
    }
    block.remove_prefix(end + 1);
  }
  return variables;
}

std::u16string_view without_last_backslash(std::u16string_view path) {
  const bool is_drive = path.size() == 3 && path[1] == u':';
  if (path.size() > 1 && path.back() == u'\\' && !is_drive) path.remove_suffix(1);
  return path;
}

}  // namespace hostscope::windows_os
