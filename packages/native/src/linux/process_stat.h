// SPDX-License-Identifier: Apache-2.0
// /proc/PID/stat.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gen/process_values.gen.h"
#include "model/process.h"

namespace hostscope::linux_os {

// The fields hostscope uses; times in clock ticks. `comm` points into the text it was parsed from.
struct ProcessStat {
  std::string_view comm;
  char state = '?';
  std::int64_t ppid = 0;
  std::int64_t session = 0;  // pid of its first process
  std::int32_t tty_nr = 0;
  std::uint64_t flags = 0;
  std::uint64_t minflt = 0, majflt = 0;
  std::uint64_t utime = 0, stime = 0;
  std::int64_t cutime = 0, cstime = 0;
  std::int32_t nice = 0;
  std::uint32_t num_threads = 0;
  std::uint64_t starttime = 0;
  std::uint32_t processor = 0;
  std::uint64_t blkio_ticks = 0;  // 0 on kernels without the field

  bool is_kernel_thread() const { return (flags & 0x00200000) != 0; }  // PF_KTHREAD
  // A zombie, or about to be one: it gives up its memory and files before it becomes one.
  bool has_ended() const { return state == 'Z' || (flags & 0x00000004) != 0; }  // PF_EXITING
};

// Parses the whole file. The name may hold anything, `) (` and newlines included, so it ends at the last `)`.
// Empty if the text is not a stat file up to and including the start time.
std::optional<ProcessStat> parse_process_stat(std::string_view text);

gen::ProcessStatus process_status(char state);

// /proc/PID/schedstat of a process with one thread. Empty if the kernel does not count that.
std::optional<model::RunMark> parse_schedstat(std::string_view text);

}  // namespace hostscope::linux_os
