// SPDX-License-Identifier: Apache-2.0
// A process held by its handle: nobody else can get its pid while that is open, so whatever is done by the pid meets
// it.
#pragma once

#include <memory>
#include <string>

#include "../held_process.h"  // "held_process.h" would be this very file
#include "windows/process_context.h"
#include "windows/process_handle.h"
#include "windows/protected_processes.h"

namespace hostscope::windows_os {

class WindowsHeldProcess : public HeldProcess {
 public:
  // Verifies and holds the process that `ref` names, which `snapshot` shows. Fails with no_such_process or pid_reused.
  static Result<std::unique_ptr<WindowsHeldProcess>> open(std::shared_ptr<ProcessContext> context,
                                                          const gen::ProcessRef& ref, const ProcessSnapshot& snapshot,
                                                          const ProtectedProcesses& untouchable);

  const model::ProcessRef& ref() const override { return ref_; }
  std::string_view name() const override { return name_; }
  gen::ProcessStatus status() const override { return status_; }
  const std::optional<std::string>& protection() const override { return protection_; }
  Result<TargetFacts> facts() const override;

  // Numbers of control_numbers.h.
  Result<gen::Guarantee> signal(int number) override;
  Result<gen::Guarantee> set_limit(gen::RlimitResource resource, const model::ResourceLimit& limit) override;
  Result<gen::Guarantee> set_nice(int nice, Threads threads) override;
  Result<gen::Guarantee> set_ionice(const gen::ProcessIonice& ionice, Threads threads) override;
  Result<gen::Guarantee> set_cpu_affinity(const std::vector<std::uint32_t>& cpus, Threads threads,
                                          std::vector<std::uint32_t>& taken) override;

  HANDLE handle() const { return handle_.get(); }
  bool has_ended() const { return windows_os::has_ended(handle_.get()); }

 private:
  explicit WindowsHeldProcess(std::shared_ptr<ProcessContext> context) : context_(std::move(context)) {}

  // Another handle, with this right.
  Result<UniqueHandle> with_right(DWORD right, std::string_view what) const;
  Status failure(std::string_view what, DWORD error) const;
  Result<gen::Guarantee> terminate();
  Result<gen::Guarantee> suspend();
  Result<gen::Guarantee> resume();
  Result<gen::Guarantee> send_console_event(DWORD event);
  // Reads it anew; empty once it has ended.
  std::optional<gen::ProcessStatus> current_status() const;

  const std::shared_ptr<ProcessContext> context_;
  UniqueHandle handle_;
  model::ProcessRef ref_;
  std::string name_;
  gen::ProcessStatus status_ = gen::ProcessStatus::kUnspecified;
  std::optional<std::string> protection_;
};

}  // namespace hostscope::windows_os
