// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch.h"

namespace hostscope {

void measure_cpu_percent(const Context& context, const CallPtr& call);
void measure_cpu_times_percent(const Context& context, const CallPtr& call);

}  // namespace hostscope
