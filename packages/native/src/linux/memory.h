// SPDX-License-Identifier: Apache-2.0
// From what the kernel counts to what psutil reports.
#pragma once

#include <optional>

#include "linux/memory_info.h"
#include "model/memory.h"

namespace hostscope::linux_os {

// True if the kernel's own estimate is missing (before 3.14) or 0 (some containers), so that available memory has to
// be estimated, and what is needed for a good estimate but the watermarks is there.
bool needs_watermarks(const MemoryInfo& info);

// `low_watermark` in bytes, if it is known. Empty if the total or the free memory is unknown.
std::optional<model::VirtualMemory> virtual_memory(const MemoryInfo& info, std::optional<std::uint64_t> low_watermark);

// `sin` and `sout` are not filled.
model::SwapMemory swap_memory(std::uint64_t total, std::uint64_t free);

// Pages as bytes.
std::optional<std::uint64_t> page_bytes(std::optional<std::uint64_t> pages, std::uint64_t page_size);

}  // namespace hostscope::linux_os
