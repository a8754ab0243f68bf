// SPDX-License-Identifier: Apache-2.0
// The collector's process methods.
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/process_handle.h"
#include "windows/process_snapshot.h"
#include "windows/windows_process_reader.h"

namespace hostscope::windows_os {

Result<std::optional<std::int64_t>> WindowsCollector::own_pid() const {
  return std::optional<std::int64_t>(::GetCurrentProcessId());
}

Result<std::vector<std::int64_t>> WindowsCollector::pids() const {
  const auto all = ProcessSnapshot::take();
  if (!all) return all.status();
  std::vector<std::int64_t> pids;
  for (const auto& entry : all->entries()) pids.push_back(entry.pid);
  return pids;
}

// Not by a handle alone: others may hold one that has ended, and a pid near another's opens that one.
Result<bool> WindowsCollector::pid_exists(std::int64_t pid) const {
  const auto process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  if (process) return !has_ended(process.get());
  if (process.error == ERROR_INVALID_PARAMETER) return false;
  const auto all = ProcessSnapshot::take();
  if (!all) return all.status();
  return all->find(pid) != nullptr;
}

Result<model::ProcessRef> WindowsCollector::process_ref(std::int64_t pid) const {
  const auto process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  const auto created = process ? create_time_of(process.get()) : std::nullopt;
  if (created && !has_ended(process.get())) return model::ProcessRef{pid, created, {}, {}};
  const auto all = ProcessSnapshot::take();
  if (!all) return all.status();
  const auto* const entry = all->find(pid);
  if (entry == nullptr) return Status::no_such_process(pid);
  model::ProcessRef ref{pid, {}, {}, {}};
  if (entry->create_time != 0) ref.start = entry->create_time;
  return ref;
}

Result<std::unique_ptr<ProcessReader>> WindowsCollector::process_reader() const {
  return std::unique_ptr<ProcessReader>(std::make_unique<WindowsProcessReader>(context_));
}

void WindowsCollector::close_unused(std::chrono::milliseconds age) const { context_->watched.close_unused(age); }

model::AttributeSet WindowsCollector::process_attributes() const { return WindowsProcessReader::kKnown; }

}  // namespace hostscope::windows_os
