// sources: linux/load_average.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/load_average.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_load_average) { parse_load_average(text); }
