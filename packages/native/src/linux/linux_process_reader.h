// SPDX-License-Identifier: Apache-2.0
// Process rows from /proc/PID.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "linux/bpf_socket_holders.h"
#include "linux/ended_processes.h"
#include "linux/fd_walk.h"
#include "linux/net_namespace.h"
#include "linux/proc_file.h"
#include "linux/process_handles.h"
#include "linux/process_stat.h"
#include "linux/smaps.h"
#include "linux/sock_diag_reader.h"
#include "linux/terminals.h"
#include "posix/user_names.h"
#include "process_reader.h"
#include "roots.h"

namespace hostscope::linux_os {

// What every reader of one collector shares; outlives them.
struct ProcessContext {
  UniqueFd proc;  // the procfs root
  UniqueFd sys;   // the sysfs root
  // The root is the kernel's own procfs, not a tree of plain files.
  bool is_procfs;
  // Whether system calls on pids mean the processes of this procfs. If not, they hit others.
  bool own_pid_namespace;
  bool has_pidfd_inode = false;
  std::optional<std::uint32_t> boot;
  double ticks_per_second = 100;
  std::uint64_t page_size = 4096;
  posix::UserNames users;
  Terminals terminals;
  NetNamespace net;
  SockDiagReader sock_diag;
  BpfSocketHolders bpf_sockets;
  ProcessHandles handles;
  EndedProcesses ended;
  std::vector<std::string> protected_names;  // of processes that no call may signal

  explicit ProcessContext(const Roots& roots);
};

class LinuxProcessReader : public ProcessReader {
 public:
  explicit LinuxProcessReader(std::shared_ptr<ProcessContext> context) : context_(std::move(context)) {}

  RowOutcome read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard, model::ProcessRow& row) override;
  std::optional<CpuMark> cpu_mark(std::int64_t pid, ReadGuard& guard) override;
  std::optional<model::ProcessCpuPercent> cpu_percent(std::int64_t pid, std::uint64_t start, const CpuMarks& marks,
                                                      ReadGuard& guard) override;
  std::optional<ProcessKin> kin(std::int64_t pid, ReadGuard& guard) override;
  std::optional<std::int32_t> returncode(const model::ProcessRef& ended) override;
  Result<model::ProcessLimits> limits(std::int64_t pid, ReadGuard& guard) override;

 private:
  struct Target;  // the process being read
  enum class Alive { kYes, kZombie, kNo };

  // Without a handle that is kept; empty if the process is gone or unreadable. `comm` is not to be used.
  std::optional<ProcessStat> stat_of(std::int64_t pid, ReadGuard& guard);
  RowOutcome read_row(Target& target);
  // Opens the process. False if it is gone; without a handle if it cannot be looked at.
  bool open(Target& target);
  FileText read_file(Target& target, ProcessHandle::File file);
  bool read_stat(Target& target);
  void fill_from_stat(Target& target);
  // Leaves out what cannot have changed since the earlier look.
  void skip_unchanged(Target& target);
  bool fill_name(Target& target);
  bool read_status(Target& target);
  bool read_statm(Target& target);
  bool read_cmdline(Target& target);
  bool read_io(Target& target);
  void fill_cpu_percent(Target& target);
  std::optional<model::ProcessCpuPercent> cpu_percent_since(const CpuMark* mark, const ProcessStat& stat,
                                                            std::uint64_t monotonic_ns) const;
  // The details. Like the others: false if the process is gone altogether.
  bool read_details(Target& target);
  bool read_exe(Target& target);
  bool read_cwd(Target& target);
  bool read_path(Target& target, ProcessSource source, model::ProcessAttribute attribute, const char* link,
                 std::string& path);
  bool read_environ(Target& target);
  bool read_ionice(Target& target);
  bool read_num_fds(Target& target);
  bool read_threads(Target& target);
  bool read_cpu_affinity(Target& target);
  void fill_cpu_affinity(Target& target, std::string_view allowed);
  bool read_memory_shares(Target& target);
  bool read_memory_maps(Target& target);
  bool read_open_files(Target& target);
  bool read_connections(Target& target);
  bool read_cgroup(Target& target);
  void fill_memory_percent(Target& target, std::optional<std::uint64_t> bytes);
  // Reads smaps to its end. An errno; ETIMEDOUT if the target keeps its reader waiting.
  int read_smaps(Target& target, SmapsParser& parser);
  // The descriptors, walked once for all attributes of a row; look at its `error`. Null if a reader is stuck there:
  // then `attribute` has timed out.
  const FdWalk* fds(Target& target, model::ProcessAttribute attribute);
  // What status gives: of another pid namespace's processes the affinity too, which system calls cannot ask for.
  model::AttributeSet from_status() const;
  Alive alive(const Target& target);
  // Records why `attributes` have no value. False if the process is gone altogether.
  bool fail(Target& target, model::AttributeSet attributes, int error);

  std::shared_ptr<ProcessContext> context_;
  FileReader reader_;
  FileReader second_reader_;  // for looking at stat again while a text of the first is in use
  std::string comm_;
  FdWalk fds_;
  std::vector<std::uint32_t> online_cpus_;  // empty: not read yet
  Terminals::Scans scans_;
};

}  // namespace hostscope::linux_os
