// SPDX-License-Identifier: Apache-2.0
#include "windows/ntdll.h"

#include <algorithm>
#include <type_traits>

namespace hostscope::windows_os {
namespace {

template <class Pointer>
void find(Pointer& function, const char* name) {
  function = find_function<std::remove_pointer_t<Pointer>>(L"ntdll.dll", name);
}

Ntdll find_all() {
  Ntdll nt{};
  find(nt.query_system, "NtQuerySystemInformation");
  find(nt.query_system_ex, "NtQuerySystemInformationEx");
  find(nt.query_process, "NtQueryInformationProcess");
  find(nt.set_process, "NtSetInformationProcess");
  find(nt.query_thread, "NtQueryInformationThread");
  find(nt.query_memory, "NtQueryVirtualMemory");
  find(nt.query_object, "NtQueryObject");
  find(nt.suspend_process, "NtSuspendProcess");
  find(nt.resume_process, "NtResumeProcess");
  find(nt.get_version, "RtlGetVersion");
  find(nt.dos_error, "RtlNtStatusToDosErrorNoTeb");
  return nt;
}

}  // namespace

const Ntdll& ntdll() {
  static const Ntdll found = find_all();
  return found;
}

Win32Error win32_error(NtStatus status) {
  // What the system does not know how to tell has several names.
  if (status == kInvalidInfoClass || status == kNotImplemented || status == kNotSupported) return ERROR_NOT_SUPPORTED;
  const auto bits = static_cast<std::uint32_t>(status);
  if ((bits >> 16 & 0xFFF) == FACILITY_WIN32) return bits & 0xFFFF;
  return ntdll().dos_error == nullptr ? ERROR_GEN_FAILURE : ntdll().dos_error(status);
}

Result<std::vector<std::byte>> query_system(SystemInfoClass what, std::size_t first_size, std::size_t most) {
  if (ntdll().query_system == nullptr) return failure("ask the system", ERROR_CALL_NOT_IMPLEMENTED);
  std::vector<std::byte> buffer(first_size);
  while (true) {
    ULONG needed = 0;
    const auto status = ntdll().query_system(what, buffer.data(), static_cast<ULONG>(buffer.size()), &needed);
    if (status == kNtSuccess) return buffer;
    if ((status != kInfoLengthMismatch && status != kBufferTooSmall) || buffer.size() >= most) {
      return failure("ask the system", win32_error(status));
    }
    // More may come while it is asked again.
    const std::size_t slack = buffer.size() / 4;
    buffer.resize(std::min(most, std::max(buffer.size() * 3 / 2, needed + slack)));
  }
}

}  // namespace hostscope::windows_os
