// sources: linux/logind.cc linux/utmp.cc linux/directory.cc linux/rooted_file.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/logind.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_logind_session) {
  if (const auto user = parse_logind_session(text)) CHECK(!user->name.empty() && user->started >= 0);
}
