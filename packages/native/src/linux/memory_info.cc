// SPDX-License-Identifier: Apache-2.0
#include "linux/memory_info.h"

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

struct Key {
  std::string_view name;
  MemoryInfo::Bytes MemoryInfo::*field;
};

constexpr Key kKeys[] = {
    {"MemTotal", &MemoryInfo::total},
    {"MemFree", &MemoryInfo::free},
    {"MemAvailable", &MemoryInfo::available},
    {"Buffers", &MemoryInfo::buffers},
    {"Cached", &MemoryInfo::cached},
    {"SReclaimable", &MemoryInfo::reclaimable_slab},
    {"Shmem", &MemoryInfo::shared},
    {"MemShared", &MemoryInfo::old_shared},
    {"Active", &MemoryInfo::active},
    {"Inactive", &MemoryInfo::inactive},
    {"Inact_dirty", &MemoryInfo::inactive_dirty},
    {"Inact_clean", &MemoryInfo::inactive_clean},
    {"Inact_laundry", &MemoryInfo::inactive_laundry},
    {"Active(file)", &MemoryInfo::active_file},
    {"Inactive(file)", &MemoryInfo::inactive_file},
    {"Slab", &MemoryInfo::slab},
    {"SwapTotal", &MemoryInfo::swap_total},
    {"SwapFree", &MemoryInfo::swap_free},
};

MemoryInfo::Bytes bytes_of(std::string_view value) {
  const auto number = whole_number(take_word(value));
  std::uint64_t bytes = 0;
  if (!number || __builtin_mul_overflow(*number, std::uint64_t{1024}, &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace

MemoryInfo parse_meminfo(std::string_view text) {
  MemoryInfo info;
  while (!text.empty()) {
    const auto line = split_at_colon(take_line(text));
    if (!line) continue;
    for (const auto& [name, field] : kKeys) {
      if (line->key != name) continue;
      if (!(info.*field)) info.*field = bytes_of(line->value);
      break;
    }
  }
  return info;
}

SwapCounters parse_vmstat(std::string_view text) {
  SwapCounters counters;
  while (!text.empty() && !(counters.in && counters.out)) {
    auto line = take_line(text);
    if (!line.starts_with("pswp")) continue;
    const auto key = take_word(line);
    if (key == "pswpin") counters.in = whole_number(take_word(line));
    if (key == "pswpout") counters.out = whole_number(take_word(line));
  }
  return counters;
}

std::uint64_t parse_low_watermarks(std::string_view text) {
  std::uint64_t pages = 0;
  while (!text.empty()) {
    auto line = take_line(text);
    if (take_word(line) != "low") continue;
    const auto low = whole_number(take_word(line));
    if (low && __builtin_add_overflow(pages, *low, &pages)) pages = ~std::uint64_t{0};
  }
  return pages;
}

}  // namespace hostscope::linux_os
