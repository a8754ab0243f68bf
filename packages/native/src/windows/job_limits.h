// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/limits.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// What a job with these settings lets its processes use, on a host with so many CPUs.
model::JobLimits job_limits(const JOBOBJECT_EXTENDED_LIMIT_INFORMATION& limits,
                            const JOBOBJECT_CPU_RATE_CONTROL_INFORMATION& rate, unsigned cpus);

}  // namespace hostscope::windows_os
