// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "windows/win32.h"

namespace hostscope::windows_os {

// "S-1-5-..."; empty if it is none, and GetLastError() says why.
std::string sid_text(PSID sid);

}  // namespace hostscope::windows_os
