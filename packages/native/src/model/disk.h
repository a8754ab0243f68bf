// SPDX-License-Identifier: Apache-2.0
// What is known about file systems before it is encoded: the same structs on every OS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hostscope::model {

struct DiskPartition {
  std::optional<std::string> device;
  std::string mountpoint;
  std::optional<std::string> fstype;
  std::string opts;  // joined by commas
};

// In bytes.
struct DiskUsage {
  std::uint64_t total = 0, used = 0;
  std::uint64_t free = 0;                            // for unprivileged users
  double percent = 0;                                // used / (used + free) on POSIX
  std::optional<std::uint64_t> inodes, inodes_free;  // empty: no limit
};

}  // namespace hostscope::model
