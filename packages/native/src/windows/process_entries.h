// SPDX-License-Identifier: Apache-2.0
// What NtQuerySystemInformation tells of all processes at once. Knows no Windows: it is tested anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hostscope::windows_os {

// Times in units of 100 ns; moments since 1601.
struct ThreadEntry {
  std::int64_t id = 0;
  std::uint64_t user_time = 0, kernel_time = 0;
  std::uint32_t context_switches = 0, state = 0, wait_reason = 0;
};

struct ProcessEntry {
  std::int64_t pid = 0, parent = 0;
  std::u16string name;
  std::uint64_t create_time = 0, user_time = 0, kernel_time = 0;
  std::int32_t base_priority = 0;
  std::uint32_t handles = 0, session = 0, page_faults = 0, hard_faults = 0;
  std::uint64_t virtual_size = 0, peak_virtual_size = 0;
  std::uint64_t working_set = 0, peak_working_set = 0;
  std::uint64_t paged_pool = 0, peak_paged_pool = 0, nonpaged_pool = 0, peak_nonpaged_pool = 0;
  std::uint64_t pagefile = 0, peak_pagefile = 0, private_bytes = 0;
  std::uint64_t reads = 0, writes = 0, others = 0, read_bytes = 0, write_bytes = 0, other_bytes = 0;
  std::vector<ThreadEntry> threads;
};

// When a process was created that is only about to begin, as Wine has it: not yet known. Windows shows none of these.
inline constexpr std::uint64_t kNotBegun = 0x5555'5555'5555'5555;

// Entries of SystemProcessInformation, of a 64-bit Windows, without what has not begun. `address` is where the buffer
// lay when it was filled: names are pointed to. Whatever does not fit into the buffer is left out.
std::vector<ProcessEntry> parse_process_entries(std::span<const std::byte> buffer, std::uint64_t address);

// How many threads are ready to run and have no CPU. Those of the idle process run where nobody else does.
std::size_t waiting_threads(std::span<const ProcessEntry> processes);

}  // namespace hostscope::windows_os
