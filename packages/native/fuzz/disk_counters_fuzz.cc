// sources: linux/disk_counters.cc linux/directory.cc linux/proc_file.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/disk_counters.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_diskstats) {
  for (const auto& row : parse_diskstats(text)) CHECK(!row.name.empty());
}

FUZZ_TARGET(parse_block_stat) { parse_block_stat(text); }
