// SPDX-License-Identifier: Apache-2.0
// What is known about the host's memory before it is encoded: the same structs on every OS, in bytes.
#pragma once

#include <cstdint>
#include <optional>

namespace hostscope::model {

struct VirtualMemory {
  std::uint64_t total = 0, available = 0, used = 0, free = 0;
  double percent = 0;  // (total - available) / total
  std::optional<std::uint64_t> active, inactive, buffers, cached, shared, slab, wired;
};

struct SwapMemory {
  std::uint64_t total = 0, used = 0, free = 0;
  double percent = 0;                      // used / total; 0 without swap
  std::optional<std::uint64_t> sin, sout;  // swapped in and out since boot
};

}  // namespace hostscope::model
