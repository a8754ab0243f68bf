// SPDX-License-Identifier: Apache-2.0
// What the kernel tells of one open file.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hostscope::linux_os {

// From /proc/PID/fdinfo/FD.
struct FdInfo {
  std::optional<std::uint64_t> position;
  std::optional<std::uint32_t> flags;  // of open(2), in the kernel's numbers
};

FdInfo parse_fdinfo(std::string_view text);

// The mode that Python's open() would take for a file opened with these flags: r, w, a, r+ or a+. Empty for the one
// access mode without a name.
std::optional<std::string_view> open_mode(std::uint32_t flags);

}  // namespace hostscope::linux_os
