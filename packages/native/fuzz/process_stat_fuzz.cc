// sources: linux/process_stat.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/process_stat.h"

using namespace hostscope;

FUZZ_TARGET(parse_schedstat) {
  const auto mark = linux_os::parse_schedstat(text);
  CHECK(!mark || mark->run_ns > 0);
}

FUZZ_TARGET(parse_process_stat) {
  const auto stat = linux_os::parse_process_stat(text);
  if (!stat) return;
  CHECK(fuzz::is_within(stat->comm, text));
  linux_os::process_status(stat->state);
}
