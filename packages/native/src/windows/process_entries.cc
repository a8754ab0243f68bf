// SPDX-License-Identifier: Apache-2.0
#include "windows/process_entries.h"

#include <algorithm>
#include <cstring>

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kEntrySize = 0x100, kThreadSize = 0x50;

template <class T>
T value_at(std::span<const std::byte> bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::u16string name_of(std::span<const std::byte> buffer, std::uint64_t address, std::uint64_t text,
                       std::size_t bytes) {
  if (text < address || text - address > buffer.size() || buffer.size() - (text - address) < bytes) return {};
  std::u16string name(bytes / sizeof(char16_t), u'\0');
  std::memcpy(name.data(), buffer.data() + (text - address), name.size() * sizeof(char16_t));
  return name;
}

ThreadEntry thread_of(std::span<const std::byte> entry) {
  ThreadEntry thread;
  thread.kernel_time = value_at<std::uint64_t>(entry, 0x00);
  thread.user_time = value_at<std::uint64_t>(entry, 0x08);
  thread.id = value_at<std::int64_t>(entry, 0x30);
  thread.context_switches = value_at<std::uint32_t>(entry, 0x40);
  thread.state = value_at<std::uint32_t>(entry, 0x44);
  thread.wait_reason = value_at<std::uint32_t>(entry, 0x48);
  return thread;
}

void read_memory_use(std::span<const std::byte> entry, ProcessEntry& process) {
  process.peak_virtual_size = value_at<std::uint64_t>(entry, 0x70);
  process.virtual_size = value_at<std::uint64_t>(entry, 0x78);
  process.page_faults = value_at<std::uint32_t>(entry, 0x80);
  process.peak_working_set = value_at<std::uint64_t>(entry, 0x88);
  process.working_set = value_at<std::uint64_t>(entry, 0x90);
  process.peak_paged_pool = value_at<std::uint64_t>(entry, 0x98);
  process.paged_pool = value_at<std::uint64_t>(entry, 0xA0);
  process.peak_nonpaged_pool = value_at<std::uint64_t>(entry, 0xA8);
  process.nonpaged_pool = value_at<std::uint64_t>(entry, 0xB0);
  process.pagefile = value_at<std::uint64_t>(entry, 0xB8);
  process.peak_pagefile = value_at<std::uint64_t>(entry, 0xC0);
  process.private_bytes = value_at<std::uint64_t>(entry, 0xC8);
}

void read_transfers(std::span<const std::byte> entry, ProcessEntry& process) {
  process.reads = value_at<std::uint64_t>(entry, 0xD0);
  process.writes = value_at<std::uint64_t>(entry, 0xD8);
  process.others = value_at<std::uint64_t>(entry, 0xE0);
  process.read_bytes = value_at<std::uint64_t>(entry, 0xE8);
  process.write_bytes = value_at<std::uint64_t>(entry, 0xF0);
  process.other_bytes = value_at<std::uint64_t>(entry, 0xF8);
}

}  // namespace

std::vector<ProcessEntry> parse_process_entries(std::span<const std::byte> buffer, std::uint64_t address) {
  std::vector<ProcessEntry> processes;
  for (auto rest = buffer; rest.size() >= kEntrySize;) {
    ProcessEntry process;
    process.hard_faults = value_at<std::uint32_t>(rest, 0x10);
    process.create_time = value_at<std::uint64_t>(rest, 0x20);
    process.user_time = value_at<std::uint64_t>(rest, 0x28);
    process.kernel_time = value_at<std::uint64_t>(rest, 0x30);
    process.name = name_of(buffer, address, value_at<std::uint64_t>(rest, 0x40), value_at<std::uint16_t>(rest, 0x38));
    process.base_priority = value_at<std::int32_t>(rest, 0x48);
    process.pid = value_at<std::int64_t>(rest, 0x50);
    process.parent = value_at<std::int64_t>(rest, 0x58);
    process.handles = value_at<std::uint32_t>(rest, 0x60);
    process.session = value_at<std::uint32_t>(rest, 0x64);
    read_memory_use(rest, process);
    read_transfers(rest, process);
    const auto next = value_at<std::uint32_t>(rest, 0x00);
    const std::size_t whole = next == 0 ? rest.size() : std::min<std::size_t>(next, rest.size());
    const std::size_t fitting = whole < kEntrySize ? 0 : (whole - kEntrySize) / kThreadSize;
    const auto threads = std::min<std::size_t>(value_at<std::uint32_t>(rest, 0x04), fitting);
    for (std::size_t i = 0; i < threads; ++i) {
      process.threads.push_back(thread_of(rest.subspan(kEntrySize + i * kThreadSize, kThreadSize)));
    }
    // It would have another ref in a moment.
    if (process.create_time != kNotBegun) processes.push_back(std::move(process));
    // An entry that is shorter than one would be read again and again.
    if (next < kEntrySize || next > rest.size()) break;
    rest = rest.subspan(next);
  }
  return processes;
}

std::size_t waiting_threads(std::span<const ProcessEntry> processes) {
  // Ready, and ready for a certain CPU that has not taken it yet.
  constexpr std::uint32_t kReady = 1, kDeferredReady = 7;
  std::size_t count = 0;
  for (const auto& process : processes) {
    if (process.pid == 0) continue;
    for (const auto& thread : process.threads) {
      if (thread.state == kReady || thread.state == kDeferredReady) ++count;
    }
  }
  return count;
}

}  // namespace hostscope::windows_os
