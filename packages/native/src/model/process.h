// SPDX-License-Identifier: Apache-2.0
// What one process looks like before it is encoded: the same struct on every OS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gen/process_info.gen.h"
#include "gen/process_values.gen.h"
#include "model/network.h"

namespace hostscope::model {

using gen::AttributeOutcome;
using gen::ProcessAttribute;
using gen::ProcessStatus;

// A set of attributes as bits, one per attribute number.
class AttributeSet {
 public:
  constexpr AttributeSet() = default;
  constexpr AttributeSet(std::initializer_list<ProcessAttribute> attributes) {
    for (auto attribute : attributes) add(attribute);
  }
  constexpr void add(ProcessAttribute attribute) { bits_ |= bit(attribute); }
  constexpr void remove(ProcessAttribute attribute) { bits_ &= ~bit(attribute); }
  constexpr bool has(ProcessAttribute attribute) const { return (bits_ & bit(attribute)) != 0; }
  constexpr bool intersects(AttributeSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr AttributeSet operator&(AttributeSet other) const { return AttributeSet(bits_ & other.bits_); }
  constexpr AttributeSet operator|(AttributeSet other) const { return AttributeSet(bits_ | other.bits_); }
  constexpr AttributeSet without(AttributeSet other) const { return AttributeSet(bits_ & ~other.bits_); }

  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      visit(static_cast<ProcessAttribute>(__builtin_ctzll(rest)));
    }
  }

 private:
  constexpr explicit AttributeSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr std::uint64_t bit(ProcessAttribute attribute) {
    return std::uint64_t{1} << static_cast<unsigned>(attribute);
  }
  std::uint64_t bits_ = 0;
};

struct AttributeFailure {
  ProcessAttribute attribute;
  AttributeOutcome outcome;
  int os_error;  // 0: none given

  bool operator==(const AttributeFailure&) const = default;
};

// How much a process has run so far: while this stands still, so does what nobody but the process itself can change.
struct RunMark {
  std::uint64_t run_ns = 0, times = 0;
  bool operator==(const RunMark&) const = default;
};

// Identity of a process; an absent mark is unknown.
struct ProcessRef {
  std::int64_t pid = 0;
  std::optional<std::uint64_t> start;
  std::optional<std::uint64_t> pidfd_inode;
  std::optional<std::uint32_t> boot;
};

struct ProcessCpuTimes {
  double user = 0, system = 0, children_user = 0, children_system = 0;
  std::optional<double> iowait;
};

struct ProcessCpuPercent {
  double percent = 0, interval = 0;
};

struct ProcessMemoryInfo {
  std::uint64_t rss = 0, vms = 0;
  std::optional<std::uint64_t> shared, text, lib, data, dirty;
  // Windows.
  std::optional<std::uint64_t> num_page_faults, peak_wset, wset, peak_paged_pool, paged_pool, peak_nonpaged_pool,
      nonpaged_pool, pagefile, peak_pagefile, private_bytes;
};

struct ProcessCtxSwitches {
  std::uint64_t voluntary = 0, involuntary = 0;
};

struct ProcessIoCounters {
  std::uint64_t read_count = 0, write_count = 0, read_bytes = 0, write_bytes = 0;
  std::optional<std::uint64_t> read_chars, write_chars;   // Linux
  std::optional<std::uint64_t> other_count, other_bytes;  // Windows
};

struct ProcessIds {
  std::uint32_t real = 0, effective = 0, saved = 0;
};

struct ProcessPageFaults {
  std::uint64_t minor = 0, major = 0;
};

struct ProcessMemoryFullInfo {
  std::uint64_t uss = 0;
  std::optional<std::uint64_t> pss, swap;
};

struct ProcessMemoryInfoEx {
  std::optional<std::uint64_t> peak_rss, peak_vms, rss_anon, rss_file, rss_shmem, swap, hugetlb;
  std::optional<std::uint64_t> virtual_size, peak_virtual_size;  // Windows
};

struct ProcessIonice {
  std::optional<gen::IoprioClass> ioclass;
  std::optional<std::uint32_t> value;
  std::optional<gen::IoprioLevel> level;  // Windows
};

struct ProcessThread {
  std::int64_t id = 0;
  double user_time = 0, system_time = 0;
};

struct ProcessMemoryMap {
  std::optional<std::string> addr, perms;
  std::string path;
  std::uint64_t rss = 0;
  std::optional<std::uint64_t> size, pss, shared_clean, shared_dirty, private_clean, private_dirty, referenced,
      anonymous, swap;
};

struct ProcessOpenFile {
  std::string path;
  std::optional<std::int32_t> fd;
  std::optional<std::uint64_t> position;
  std::optional<std::string> mode;
  std::optional<std::uint32_t> flags;
};

struct ProcessCgroup {
  std::string path;
  bool unified = false;  // the path is in version 2
  std::optional<std::string> container_id, container_runtime, unit, slice;
  std::vector<std::pair<std::string, std::string>> v1_paths;
};

// Arguments with a blank between them, as conditions on command lines take them.
inline std::string joined(const std::vector<std::string>& arguments) {
  std::string all;
  for (const auto& argument : arguments) all.append(all.empty() ? "" : " ").append(argument);
  return all;
}

// One row. Reused from process to process so that its strings and lists keep their memory.
// A value counts only if its attribute is in `present`.
struct ProcessRow {
  ProcessRef ref;
  std::uint64_t monotonic_ns = 0;
  AttributeSet present, failed;
  AttributeSet unchanged;      // not read: the process has not run since they were, at the look before
  std::optional<RunMark> run;  // if asked for
  std::vector<AttributeFailure> failures;

  std::string name, username, exe, terminal, cwd;
  std::vector<std::string> cmdline;
  std::vector<std::pair<std::string, std::string>> environment;
  ProcessStatus status = ProcessStatus::kUnspecified;
  std::int64_t ppid = 0;
  double create_time = 0, memory_percent = 0;
  ProcessCpuTimes cpu_times;
  ProcessCpuPercent cpu_percent;
  std::uint64_t cpu_ticks = 0;  // with cpu_percent: CPU time in the reader's own unit, to measure the next one from
  ProcessMemoryInfo memory_info;
  ProcessCtxSwitches num_ctx_switches;
  ProcessIoCounters io_counters;
  ProcessIds uids, gids;
  ProcessPageFaults page_faults;
  std::uint32_t num_threads = 0, cpu_num = 0;
  std::int32_t nice = 0;
  std::uint32_t num_fds = 0, num_handles = 0;
  ProcessIonice ionice;
  ProcessMemoryFullInfo memory_full_info;  // the plain part is memory_info
  ProcessMemoryInfoEx memory_info_ex;      // the plain part is memory_info
  std::vector<ProcessThread> threads;
  std::vector<std::uint32_t> cpu_affinity;
  std::vector<ProcessMemoryMap> memory_maps;
  std::vector<ProcessOpenFile> open_files;
  std::vector<NetConnection> connections;
  ProcessCgroup cgroup;

  void clear() {
    ref = {};
    present = {};
    failed = {};
    unchanged = {};
    run.reset();
    failures.clear();
    cmdline.clear();
    environment.clear();
    threads.clear();
    cpu_affinity.clear();
    memory_maps.clear();
    open_files.clear();
    connections.clear();
    memory_info_ex = {};
  }

  // Of an attribute that needs two sources, the first failure counts.
  void fail(AttributeSet attributes, AttributeOutcome outcome, int os_error = 0) {
    attributes.without(failed).for_each([&](ProcessAttribute attribute) {
      failures.push_back({attribute, outcome, os_error});
    });
    failed = failed | attributes;
  }
};

}  // namespace hostscope::model
