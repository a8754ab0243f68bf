// SPDX-License-Identifier: Apache-2.0
#include "linux/process_files.h"

#include <array>
#include <charconv>

namespace hostscope::linux_os {
namespace {

void split(std::string_view text, char separator, std::vector<std::string>& out) {
  for (;;) {
    const auto end = text.find(separator);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

void parse_cmdline(std::string_view text, std::vector<std::string>& out) {
  out.clear();
  if (text.empty()) return;
  const char separator = text.back() == '\0' ? '\0' : ' ';
  if (text.back() == separator) text.remove_suffix(1);  // exactly one: empty arguments count
  split(text, separator, out);
  // One argument with spaces is a title that a program wrote over its arguments, as psutil reads it.
  if (separator == '\0' && out.size() == 1 && out[0].find(' ') != std::string::npos) {
    const std::string title = std::move(out[0]);
    out.clear();
    split(title, ' ', out);
  }
}

void parse_environ(std::string_view text, std::vector<std::pair<std::string, std::string>>& out) {
  out.clear();
  for (;;) {
    const auto end = text.find('\0');
    if (end == 0 || end == std::string_view::npos) return;
    const auto entry = text.substr(0, end);
    text.remove_prefix(end + 1);
    const auto equals = entry.find('=');
    if (equals == 0 || equals == std::string_view::npos) continue;
    out.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
  }
}

std::optional<model::ProcessIoCounters> parse_process_io(std::string_view text) {
  model::ProcessIoCounters out;
  bool any = false;
  while (!text.empty()) {
    const auto newline = text.find('\n');
    const auto line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    const auto key = line.substr(0, colon), digits = line.substr(colon + 2);
    std::uint64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) continue;
    any = true;
    if (key == "rchar") out.read_chars = value;
    if (key == "wchar") out.write_chars = value;
    if (key == "syscr") out.read_count = value;
    if (key == "syscw") out.write_count = value;
    if (key == "read_bytes") out.read_bytes = value;
    if (key == "write_bytes") out.write_bytes = value;
  }
  return any ? std::optional(out) : std::nullopt;
}

std::optional<model::ProcessMemoryInfo> parse_statm(std::string_view text, std::uint64_t page_size) {
  std::array<std::uint64_t, 7> pages{};  // size resident shared text lib data dirty
  for (auto& value : pages) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  model::ProcessMemoryInfo out;
  out.vms = pages[0] * page_size;
  out.rss = pages[1] * page_size;
  out.shared = pages[2] * page_size;
  out.text = pages[3] * page_size;
  out.lib = pages[4] * page_size;
  out.data = pages[5] * page_size;
  out.dirty = pages[6] * page_size;
  return out;
}

}  // namespace hostscope::linux_os
