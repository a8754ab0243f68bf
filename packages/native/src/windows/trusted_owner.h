// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Whether a file or folder, open with READ_CONTROL, belongs to this process's user, administrators or the system.
Result<void> check_owner(HANDLE file, const std::string& path);
// And whether nobody else may change it, nor, if it is `secret`, everybody may read it.
Result<void> check_rights(HANDLE file, const std::string& path, bool secret);

}  // namespace hostscope::windows_os
