// SPDX-License-Identifier: Apache-2.0
#include "windows/process_memory.h"

#include <algorithm>

namespace hostscope::windows_os {

DWORD read_memory(HANDLE process, std::uint64_t address, void* out, std::size_t size) {
  // About 200 ms in all: less than a field of a process may take.
  constexpr int kTries = 8;
  constexpr DWORD kLongestPause = 64;
  for (DWORD tries = 0, pause = 1;; ++tries, pause = std::min(pause * 2, kLongestPause)) {
    SIZE_T done = 0;
    const auto* const from = reinterpret_cast<const void*>(address);
    if (::ReadProcessMemory(process, from, out, size, &done) && done == size) return ERROR_SUCCESS;
    const DWORD error = ::GetLastError();
    if (error != ERROR_PARTIAL_COPY || tries == kTries || ::WaitForSingleObject(process, 0) == WAIT_OBJECT_0) {
      return error == ERROR_SUCCESS ? ERROR_PARTIAL_COPY : error;
    }
    ::Sleep(pause);
  }
}

}  // namespace hostscope::windows_os
