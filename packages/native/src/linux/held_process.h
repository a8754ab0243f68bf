// SPDX-License-Identifier: Apache-2.0
// A process held by its pidfd.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "../held_process.h"  // "held_process.h" would be this very file
#include "core/unique_fd.h"
#include "linux/linux_process_reader.h"
#include "linux/protected_processes.h"

namespace hostscope::linux_os {

class LinuxHeldProcess : public HeldProcess {
 public:
  // Verifies and holds the process that `ref` names. Fails with no_such_process, pid_reused, invalid_argument for the
  // id of a mere thread, or overloaded if there are no descriptors left.
  static Result<std::unique_ptr<LinuxHeldProcess>> open(std::shared_ptr<const ProcessContext> context,
                                                        const gen::ProcessRef& ref,
                                                        const ProtectedProcesses& untouchable);

  const model::ProcessRef& ref() const override { return ref_; }
  std::string_view name() const override { return name_; }
  gen::ProcessStatus status() const override { return process_status(stat_.state); }
  const std::optional<std::string>& protection() const override { return protection_; }
  Result<TargetFacts> facts() const override;

  Result<gen::Guarantee> signal(int number) override;
  Result<gen::Guarantee> set_limit(gen::RlimitResource resource, const model::ResourceLimit& limit) override;
  Result<gen::Guarantee> set_nice(int nice, Threads threads) override;
  Result<gen::Guarantee> set_ionice(const gen::ProcessIonice& ionice, Threads threads) override;
  Result<gen::Guarantee> set_cpu_affinity(const std::vector<std::uint32_t>& cpus, Threads threads,
                                          std::vector<std::uint32_t>& taken) override;

  // What was read when it was verified; `comm` is not to be used.
  const ProcessStat& stat() const { return stat_; }
  // Readable once the process has ended. -1 on kernels without (before 5.3).
  int pidfd() const { return pidfd_.get(); }
  // Whether it still has its pid: it runs, or waits for its parent as a zombie. While it has, nobody else can.
  bool has_pid() const;
  // Whether all its threads have ended, though it may still have its pid.
  bool has_ended() const;
  // Closes what is only needed to read of it, for those who hold thousands.
  void keep_only_pidfd();
  bool is_first_of_namespace() const;
  int directory() const { return directory_.get(); }
  // Reads its stat anew; empty once it has lost its pid.
  std::optional<ProcessStat> read_stat() const;

 private:
  LinuxHeldProcess() = default;

  Result<gen::Guarantee> signal_by_pid(int number) const;
  // Runs `set`, which gives an errno, on one thread or on all, those that appear meanwhile too.
  Result<gen::Guarantee> set_by_pid(std::string_view what, Threads threads, const std::function<int(pid_t)>& set) const;
  Result<void> set_on_all_threads(std::string_view what, const std::function<int(pid_t)>& set) const;
  // Another process or thread of another has the id of this one's thread now.
  bool thread_was_replaced(std::int64_t thread) const;
  Status failure(std::string_view what, int error) const;

  std::shared_ptr<const ProcessContext> context_;
  UniqueFd directory_;  // in procfs
  UniqueFd pidfd_;
  model::ProcessRef ref_;
  std::string name_;
  ProcessStat stat_;
  std::optional<std::string> protection_;
};

}  // namespace hostscope::linux_os
