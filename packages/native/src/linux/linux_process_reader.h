// SPDX-License-Identifier: Apache-2.0
// Process rows from /proc/PID.
#pragma once

#include <memory>
#include <string>

#include "core/unique_fd.h"
#include "linux/proc_file.h"
#include "linux/process_handles.h"
#include "linux/process_stat.h"
#include "linux/terminals.h"
#include "posix/user_names.h"
#include "process_reader.h"

namespace hostscope::linux_os {

// What every reader of one collector shares; outlives them.
struct ProcessContext {
  UniqueFd proc;  // the procfs root
  bool has_pidfd_inode = false;
  std::optional<std::uint32_t> boot;
  double ticks_per_second = 100;
  std::uint64_t page_size = 4096;
  posix::UserNames users;
  Terminals terminals;
  ProcessHandles handles;

  explicit ProcessContext(const std::string& proc_root, const std::string& dev_root);
};

class LinuxProcessReader : public ProcessReader {
 public:
  explicit LinuxProcessReader(std::shared_ptr<ProcessContext> context) : context_(std::move(context)) {}

  RowOutcome read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard, model::ProcessRow& row) override;
  std::optional<CpuMark> cpu_mark(std::int64_t pid, ReadGuard& guard) override;

 private:
  struct Target;  // the process being read
  enum class Alive { kYes, kZombie, kNo };

  RowOutcome read_row(Target& target);
  // Opens the process. False if it is gone; without a handle if it cannot be looked at.
  bool open(Target& target);
  FileText read_file(Target& target, ProcessHandle::File file);
  bool read_stat(Target& target);
  void fill_from_stat(Target& target);
  bool fill_name(Target& target);
  bool read_status(Target& target);
  bool read_statm(Target& target);
  bool read_cmdline(Target& target);
  bool read_exe(Target& target);
  bool read_io(Target& target);
  void fill_cpu_percent(Target& target);
  Alive alive(const Target& target);
  // Records why `attributes` have no value. False if the process is gone altogether.
  bool fail(Target& target, model::AttributeSet attributes, int error);

  std::shared_ptr<ProcessContext> context_;
  FileReader reader_;
  FileReader second_reader_;  // for looking at stat again while a text of the first is in use
  std::string comm_;
  Terminals::Scans scans_;
};

}  // namespace hostscope::linux_os
