// sources: linux/cpu_info.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/cpu_info.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cpuinfo) { count_cores(parse_cpuinfo(text)); }
