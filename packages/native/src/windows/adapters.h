// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "core/result.h"
#include "windows/win32_network.h"

namespace hostscope::windows_os {

// Calls `visit` for each network adapter, with its addresses.
Result<void> for_each_adapter(const std::function<void(const IP_ADAPTER_ADDRESSES&)>& visit);

}  // namespace hostscope::windows_os
