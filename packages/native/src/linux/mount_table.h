// SPDX-License-Identifier: Apache-2.0
// The kernel's tables of mounts and file systems: /proc/PID/mounts, /proc/PID/mountinfo and /proc/filesystems.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hostscope::linux_os {

// A field of the tables as it was before the kernel wrote blanks and the like as a backslash and three octal digits.
std::string unescaped(std::string_view field);

struct Mount {
  std::string device, mountpoint, fstype, opts;
};

// The lines of `mounts` that have these four fields.
std::vector<Mount> parse_mounts(std::string_view text);

// The number, e.g. "8:1", of the device that `mountinfo` says is mounted on top at `mountpoint`.
std::optional<std::string> device_number_at(std::string_view mountinfo, std::string_view mountpoint);

// The file systems of `filesystems` that live on a device, and ZFS, which does although it says "nodev".
std::set<std::string, std::less<>> parse_device_file_systems(std::string_view text);

}  // namespace hostscope::linux_os
