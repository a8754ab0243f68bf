// SPDX-License-Identifier: Apache-2.0
// /proc/PID/limits.
#pragma once

#include <string_view>

#include "model/process_limits.h"

namespace hostscope::linux_os {

// Lines such as "Max open files  1024  524288  files", under the kernel's own names of the resources.
model::ResourceLimits parse_limits(std::string_view text);

}  // namespace hostscope::linux_os
