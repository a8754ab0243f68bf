// SPDX-License-Identifier: Apache-2.0
// The collector's methods on what processes may use: job objects, of which Windows tells each process about its own.
#include "model/same_process.h"
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/job_limits.h"
#include "windows/process_handle.h"

namespace hostscope::windows_os {
namespace {

// A class that this Windows, or what runs in its place, does not have limits nothing.
template <class Information>
Result<void> query_job(JOBOBJECTINFOCLASS what, Information& information) {
  if (::QueryInformationJobObject(nullptr, what, &information, sizeof information, nullptr)) return {};
  const DWORD error = ::GetLastError();
  information = {};
  if (is_unsupported(error) || error == ERROR_INVALID_PARAMETER) return {};
  return failure("read the limits of the job", error);
}

Result<bool> is_in_job(const std::optional<gen::ProcessRef>& asked) {
  ProcessHandle process;
  HANDLE handle = ::GetCurrentProcess();
  if (asked) {
    // The lesser right is enough for Windows, not for Wine.
    process = open_process(asked->pid, PROCESS_QUERY_INFORMATION | SYNCHRONIZE);
    if (!process) process = open_process(asked->pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
    if (!process) return process_failure(asked->pid, "open the process", process.error);
    const model::ProcessRef found{asked->pid, create_time_of(process.get()), {}, {}};
    if (!same_process(*asked, found)) return Status::pid_reused(asked->pid);
    if (has_ended(process.get())) return Status::no_such_process(asked->pid);
    handle = process.get();
  }
  BOOL is_in = FALSE;
  if (!::IsProcessInJob(handle, nullptr, &is_in)) return failure("look for a job", ::GetLastError());
  return is_in != FALSE;
}

Result<model::JobLimits> own_job_limits() {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  JOBOBJECT_CPU_RATE_CONTROL_INFORMATION rate{};
  auto asked = query_job(JobObjectExtendedLimitInformation, limits);
  if (asked) asked = query_job(JobObjectCpuRateControlInformation, rate);
  if (!asked) return std::move(asked.status());
  return job_limits(limits, rate, ::GetActiveProcessorCount(ALL_PROCESSOR_GROUPS));
}

}  // namespace

// Of another process's job there is no handle: Windows gives one to whoever knows its name only.
Result<model::JobLimits> WindowsCollector::job_limits(const std::optional<gen::ProcessRef>& ref) const {
  const auto is_in = is_in_job(ref);
  if (!is_in) return is_in.status();
  if (!*is_in) return model::JobLimits();
  const bool is_own = !ref || ref->pid == static_cast<std::int64_t>(::GetCurrentProcessId());
  if (is_own) return own_job_limits();
  model::JobLimits limits;
  limits.is_known = false;
  return limits;
}

}  // namespace hostscope::windows_os
