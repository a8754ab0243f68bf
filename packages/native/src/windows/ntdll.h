// SPDX-License-Identifier: Apache-2.0
// The system calls that have no other name, with the layouts that are used of them. 64-bit only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/result.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

using NtStatus = std::int32_t;
inline constexpr NtStatus kNtSuccess = 0;
inline constexpr NtStatus kInfoLengthMismatch = static_cast<NtStatus>(0xC0000004);
inline constexpr NtStatus kBufferTooSmall = static_cast<NtStatus>(0xC0000023);
inline constexpr NtStatus kInvalidInfoClass = static_cast<NtStatus>(0xC0000003);
inline constexpr NtStatus kNotImplemented = static_cast<NtStatus>(0xC0000002);
inline constexpr NtStatus kNotSupported = static_cast<NtStatus>(0xC00000BB);

enum SystemInfoClass : ULONG {
  kSystemPerformance = 2,
  kSystemTimeOfDay = 3,
  kSystemProcesses = 5,
  kSystemProcessorPerformance = 8,
  kSystemPageFiles = 18,
  kSystemExtendedHandles = 64,
  kSystemProcessId = 88,
};
enum ProcessInfoClass : ULONG {
  kProcessBasic = 0,
  kProcessWow64 = 26,
  kProcessBreakOnTermination = 29,
  kProcessIoPriority = 33,
  kProcessHandles = 51,
  kProcessCommandLine = 60,
};
enum ThreadInfoClass : ULONG { kThreadSuspendCount = 35 };

struct UnicodeString {
  std::uint16_t length = 0, maximum_length = 0;  // bytes
  char16_t* buffer = nullptr;
};
static_assert(sizeof(UnicodeString) == 16);

// Null where the system lacks one.
struct Ntdll {
  NtStatus(NTAPI* query_system)(ULONG, void*, ULONG, ULONG*);
  NtStatus(NTAPI* query_system_ex)(ULONG, void*, ULONG, void*, ULONG, ULONG*);
  NtStatus(NTAPI* query_process)(HANDLE, ULONG, void*, ULONG, ULONG*);
  NtStatus(NTAPI* set_process)(HANDLE, ULONG, void*, ULONG);
  NtStatus(NTAPI* query_thread)(HANDLE, ULONG, void*, ULONG, ULONG*);
  NtStatus(NTAPI* query_memory)(HANDLE, void*, ULONG, void*, SIZE_T, SIZE_T*);
  NtStatus(NTAPI* query_object)(HANDLE, ULONG, void*, ULONG, ULONG*);
  NtStatus(NTAPI* suspend_process)(HANDLE);
  NtStatus(NTAPI* resume_process)(HANDLE);
  NtStatus(NTAPI* get_version)(OSVERSIONINFOW*);
  ULONG(NTAPI* dos_error)(NtStatus);
};
const Ntdll& ntdll();

// What an NT status is called by everybody else.
Win32Error win32_error(NtStatus status);

// A whole answer of unknown size; grows until it fits, up to `most` bytes.
Result<std::vector<std::byte>> query_system(SystemInfoClass what, std::size_t first_size, std::size_t most = 1U << 28);

// A value of fixed size of a process. 0, or the error.
template <class T>
Win32Error query_process(HANDLE process, ProcessInfoClass what, T& value) {
  if (ntdll().query_process == nullptr) return ERROR_CALL_NOT_IMPLEMENTED;
  const NtStatus status = ntdll().query_process(process, what, &value, sizeof value, nullptr);
  return status == kNtSuccess ? ERROR_SUCCESS : win32_error(status);
}

}  // namespace hostscope::windows_os
