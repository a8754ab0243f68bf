// SPDX-License-Identifier: Apache-2.0
#include "linux/open_files.h"

#include <fcntl.h>

#include <charconv>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

std::optional<std::uint32_t> octal(std::string_view text) {
  std::uint32_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

FdInfo parse_fdinfo(std::string_view text) {
  FdInfo info;
  while (!text.empty()) {
    const auto line = split_at_colon(take_line(text));
    if (!line) continue;
    if (line->key == "pos") info.position = whole_number(line->value);
    if (line->key != "flags") continue;
    info.flags = octal(line->value);
    break;  // what follows is about the kind of file, in as many lines as it likes
  }
  return info;
}

std::optional<std::string_view> open_mode(std::uint32_t flags) {
  const bool appends = (flags & O_APPEND) != 0;
  switch (flags & O_ACCMODE) {
    case O_RDONLY:
      return "r";
    case O_WRONLY:
      return appends ? "a" : "w";
    case O_RDWR:
      return appends ? "a+" : "r+";
    default:
      return std::nullopt;
  }
}

}  // namespace hostscope::linux_os
