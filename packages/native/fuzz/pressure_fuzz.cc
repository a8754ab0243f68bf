// sources: linux/pressure.cc linux/proc_file.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/pressure.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_pressure) {
  const auto pressure = parse_pressure(text);
  CHECK(!pressure || pressure->some || pressure->full);
}
