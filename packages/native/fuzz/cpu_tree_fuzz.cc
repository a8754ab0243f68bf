// sources: linux/cpu_tree.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/cpu_tree.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cpu_list) { parse_cpu_list(text); }
