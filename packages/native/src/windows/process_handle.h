// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

inline constexpr std::int64_t kIdlePid = 0, kSystemPid = 4;

// 100 ns, since 1601 where it is a moment.
inline std::uint64_t ticks_of(const FILETIME& time) {
  return static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}
inline constexpr double kTicksPerSecond = 1e7;
inline double seconds_of_ticks(std::uint64_t ticks) { return static_cast<double>(ticks) / kTicksPerSecond; }
// Seconds since the epoch.
inline double epoch_of_ticks(std::uint64_t ticks) {
  constexpr std::int64_t kEpoch = 116'444'736'000'000'000;  // 1970 in that unit
  return static_cast<double>(static_cast<std::int64_t>(ticks) - kEpoch) / kTicksPerSecond;
}
std::uint64_t now_in_ticks();

// A process's handle, and why there is none. While it is open nobody else gets the pid.
struct ProcessHandle {
  UniqueHandle handle;
  DWORD error = ERROR_SUCCESS;  // ERROR_INVALID_PARAMETER: there is no such process

  explicit operator bool() const { return static_cast<bool>(handle); }
  HANDLE get() const { return handle.get(); }
};
ProcessHandle open_process(std::int64_t pid, DWORD access);

// When the process was created; empty if the handle does not tell.
std::optional<std::uint64_t> create_time_of(HANDLE process);
// Whether it has ended; needs SYNCHRONIZE.
bool has_ended(HANDLE process);
// How it has, as a signed number: C0000005 is -1073741819, as in psutil.
std::optional<std::int32_t> exit_code_of(HANDLE process);

// Lets this process look at those of other users, if its user may do so at all.
void enable_debug_privilege();

}  // namespace hostscope::windows_os
