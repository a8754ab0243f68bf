// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Handles of a process that are files; numbers in that process. `process` needs QUERY_INFORMATION and DUP_HANDLE.
Result<std::vector<HANDLE>> file_handles_of(HANDLE process, std::int64_t pid);

}  // namespace hostscope::windows_os
