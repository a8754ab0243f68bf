// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/limits.gen.h"
#include "model/limits.h"
#include "model/pressure.h"

namespace hostscope::encode {

void host_limits(const model::HostLimits& in, gen::HostLimitsWriter& out);
void cgroup_limits(const model::CgroupLimits& in, gen::CgroupLimitsWriter& out);
void pressure(const model::Pressure& in, gen::PressureWriter& out);

}  // namespace hostscope::encode
