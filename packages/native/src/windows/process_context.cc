// SPDX-License-Identifier: Apache-2.0
#include "windows/process_context.h"

#include <utility>

#include "windows/win32.h"

namespace hostscope::windows_os {

ProcessContext::ProcessContext(std::vector<std::string> names) : protected_names(std::move(names)) {
  // No process has none: this one has its console, files and threads.
  DWORD own = 0;
  counts_handles = ::GetProcessHandleCount(::GetCurrentProcess(), &own) && own > 0;
}

}  // namespace hostscope::windows_os
