// SPDX-License-Identifier: Apache-2.0
#include "linux/memory.h"

#include <algorithm>

#include "core/saturating_sum.h"
#include "model/percent.h"

namespace hostscope::linux_os {
namespace {

using Bytes = std::uint64_t;

Bytes minus(Bytes from, Bytes what) { return from - std::min(from, what); }

// What can be had of memory that can be given back: all but the watermark, or half of it, whichever is more.
Bytes reclaimable(Bytes held, Bytes watermark) { return held - std::min(held / 2, watermark); }

// The estimate that the kernel itself makes since 3.14 (si_mem_available).
Bytes estimate_available(const MemoryInfo& info, std::optional<Bytes> low_watermark) {
  if (!needs_watermarks(info) || !low_watermark) return core::saturating_sum(*info.free, info.cached.value_or(0));
  const Bytes files = reclaimable(core::saturating_sum(*info.active_file, *info.inactive_file), *low_watermark);
  const Bytes slab = reclaimable(*info.reclaimable_slab, *low_watermark);
  return minus(core::saturating_sum(core::saturating_sum(*info.free, files), slab), *low_watermark);
}

Bytes available(const MemoryInfo& info, std::optional<Bytes> low_watermark) {
  const bool known = info.available.value_or(0) != 0;
  const Bytes estimate = known ? *info.available : estimate_available(info, low_watermark);
  // In containers the total may be the container's and the rest the host's.
  return estimate <= *info.total ? estimate : std::min(*info.free, *info.total);
}

std::optional<Bytes> sum_of_known(std::initializer_list<std::optional<Bytes>> parts) {
  std::optional<Bytes> sum;
  for (const auto& part : parts) {
    if (part) sum = core::saturating_sum(sum.value_or(0), *part);
  }
  return sum;
}

}  // namespace

bool needs_watermarks(const MemoryInfo& info) {
  return info.available.value_or(0) == 0 && info.active_file && info.inactive_file && info.reclaimable_slab;
}

std::optional<model::VirtualMemory> virtual_memory(const MemoryInfo& info, std::optional<Bytes> low_watermark) {
  if (!info.total || *info.total == 0 || !info.free) return std::nullopt;
  model::VirtualMemory memory;
  memory.total = *info.total;
  memory.free = *info.free;
  memory.available = available(info, low_watermark);
  memory.percent =
      model::percent_of(static_cast<double>(memory.total - memory.available), static_cast<double>(memory.total));
  memory.buffers = info.buffers;
  if (info.cached) memory.cached = core::saturating_sum(*info.cached, info.reclaimable_slab.value_or(0));
  memory.active = info.active;
  memory.inactive =
      info.inactive ? info.inactive : sum_of_known({info.inactive_dirty, info.inactive_clean, info.inactive_laundry});
  memory.shared = info.shared ? info.shared : info.old_shared;
  memory.slab = info.slab;
  // In containers the parts may be more than the whole.
  const Bytes not_used =
      core::saturating_sum(core::saturating_sum(memory.free, memory.buffers.value_or(0)), memory.cached.value_or(0));
  memory.used = not_used <= memory.total ? memory.total - not_used : minus(memory.total, memory.free);
  return memory;
}

model::SwapMemory swap_memory(Bytes total, Bytes free) {
  model::SwapMemory swap;
  swap.total = total;
  swap.free = std::min(free, total);
  swap.used = swap.total - swap.free;
  swap.percent = model::percent_of(static_cast<double>(swap.used), static_cast<double>(swap.total));
  return swap;
}

std::optional<Bytes> page_bytes(std::optional<Bytes> pages, Bytes page_size) {
  Bytes bytes = 0;
  if (!pages || __builtin_mul_overflow(*pages, page_size, &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace hostscope::linux_os
