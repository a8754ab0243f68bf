// SPDX-License-Identifier: Apache-2.0
#include "linux/mount_table.h"

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// Takes the next field. The kernel writes one blank between two, and a field may be empty.
std::string_view take_field(std::string_view& line) {
  const auto end = line.find(' ');
  const auto field = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return field;
}

// The byte that three octal digits stand for.
std::optional<char> octal_byte(std::string_view digits) {
  unsigned byte = 0;
  if (digits.size() != 3) return std::nullopt;
  for (const char digit : digits) {
    if (digit < '0' || digit > '7') return std::nullopt;
    byte = byte * 8 + static_cast<unsigned>(digit - '0');
  }
  return byte <= 0xFF ? std::optional(static_cast<char>(byte)) : std::nullopt;
}

}  // namespace

std::string unescaped(std::string_view field) {
  std::string plain;
  plain.reserve(field.size());
  for (std::size_t at = 0; at < field.size(); ++at) {
    const auto byte = field[at] == '\\' ? octal_byte(field.substr(at + 1, 3)) : std::nullopt;
    plain.push_back(byte.value_or(field[at]));
    if (byte) at += 3;
  }
  return plain;
}

std::vector<Mount> parse_mounts(std::string_view text) {
  std::vector<Mount> mounts;
  while (!text.empty()) {
    auto line = take_line(text);
    const auto device = take_field(line), mountpoint = take_field(line), fstype = take_field(line);
    const auto opts = take_field(line);
    if (mountpoint.empty() || opts.empty()) continue;
    mounts.push_back({unescaped(device), unescaped(mountpoint), unescaped(fstype), unescaped(opts)});
  }
  return mounts;
}

std::optional<std::string> device_number_at(std::string_view mountinfo, std::string_view mountpoint) {
  std::optional<std::string> number;
  while (!mountinfo.empty()) {
    auto line = take_line(mountinfo);
    take_field(line);  // of the mount
    take_field(line);  // of its parent
    const auto device = take_field(line);
    take_field(line);  // what of the file system is mounted
    if (unescaped(take_field(line)) == mountpoint) number = device;
  }
  return number;
}

std::set<std::string, std::less<>> parse_device_file_systems(std::string_view text) {
  std::set<std::string, std::less<>> names;
  while (!text.empty()) {
    auto line = take_line(text);
    const bool without_device = line.starts_with("nodev");
    if (without_device) take_word(line);
    const auto name = trimmed(line);
    if (!name.empty() && (!without_device || name == "zfs")) names.emplace(name);
  }
  return names;
}

}  // namespace hostscope::linux_os
