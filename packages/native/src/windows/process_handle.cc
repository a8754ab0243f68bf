// SPDX-License-Identifier: Apache-2.0
#include "windows/process_handle.h"

#include <limits>

#include "windows/process_entries.h"

namespace hostscope::windows_os {

std::uint64_t now_in_ticks() {
  FILETIME now{};
  ::GetSystemTimePreciseAsFileTime(&now);
  return ticks_of(now);
}

ProcessHandle open_process(std::int64_t pid, DWORD access) {
  if (pid == kIdlePid || pid == kSystemPid) return {{}, ERROR_ACCESS_DENIED};
  if (pid < 0 || pid > std::numeric_limits<std::uint32_t>::max()) return {{}, ERROR_INVALID_PARAMETER};
  ProcessHandle process;
  const HANDLE opened = ::OpenProcess(access, FALSE, static_cast<DWORD>(pid));
  process.error = opened == nullptr ? ::GetLastError() : ERROR_SUCCESS;
  process.handle = UniqueHandle(opened);
  // The kernel leaves the last two bits of a pid out of account and opens its neighbour.
  if (process && ::GetProcessId(process.get()) != static_cast<DWORD>(pid)) return {{}, ERROR_INVALID_PARAMETER};
  return process;
}

std::optional<std::uint64_t> create_time_of(HANDLE process) {
  FILETIME created{}, exited{}, kernel{}, user{};
  if (!::GetProcessTimes(process, &created, &exited, &kernel, &user)) return std::nullopt;
  const auto ticks = ticks_of(created);
  return ticks == kNotBegun ? std::nullopt : std::optional(ticks);
}

bool has_ended(HANDLE process) { return ::WaitForSingleObject(process, 0) == WAIT_OBJECT_0; }

std::optional<std::int32_t> exit_code_of(HANDLE process) {
  DWORD code = 0;
  if (!::GetExitCodeProcess(process, &code)) return std::nullopt;
  return static_cast<std::int32_t>(code);
}

void enable_debug_privilege() {
  HANDLE opened = nullptr;
  if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &opened)) return;
  const UniqueHandle token(opened);
  TOKEN_PRIVILEGES wanted{};
  wanted.PrivilegeCount = 1;
  wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
  if (!::LookupPrivilegeValueW(nullptr, L"SeDebugPrivilege", &wanted.Privileges[0].Luid)) return;
  ::AdjustTokenPrivileges(token.get(), FALSE, &wanted, 0, nullptr, nullptr);
}

}  // namespace hostscope::windows_os
