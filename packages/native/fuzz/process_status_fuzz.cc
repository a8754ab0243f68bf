// sources: linux/process_status.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/process_status.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_process_status) { parse_process_status(text); }
