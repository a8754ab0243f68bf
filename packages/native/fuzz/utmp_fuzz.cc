// sources: linux/utmp.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/utmp.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_utmp) {
  for (const auto& user : parse_utmp(text)) CHECK(user.name.size() < text.size() && !user.host->empty());
}
