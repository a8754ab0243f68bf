// sources: linux/limits_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/limits_file.h"

using namespace hostscope;
using namespace hostscope::linux_os;

FUZZ_TARGET(parse_limits) { CHECK(!parse_limits(text)[gen::RlimitResource::kUnspecified]); }
