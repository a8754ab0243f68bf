// SPDX-License-Identifier: Apache-2.0
// /proc/meminfo, /proc/vmstat and /proc/zoneinfo as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hostscope::linux_os {

// Bytes. A key that the kernel (or what stands in for it in a container) does not give is empty.
struct MemoryInfo {
  using Bytes = std::optional<std::uint64_t>;
  Bytes total, free, available, buffers, cached, reclaimable_slab, shared, old_shared, active, inactive;
  Bytes inactive_dirty, inactive_clean, inactive_laundry;  // instead of inactive on 2.4 kernels
  Bytes active_file, inactive_file, slab, swap_total, swap_free;
};
MemoryInfo parse_meminfo(std::string_view text);

// Pages since boot.
struct SwapCounters {
  std::optional<std::uint64_t> in, out;
};
SwapCounters parse_vmstat(std::string_view text);

// Pages that the kernel keeps back: the sum of all zones' low watermarks.
std::uint64_t parse_low_watermarks(std::string_view text);

}  // namespace hostscope::linux_os
