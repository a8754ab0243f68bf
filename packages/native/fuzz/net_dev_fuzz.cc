// sources: linux/net_dev.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/net_dev.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_net_dev) {
  for (const auto& row : parse_net_dev(text)) CHECK(!row.name.empty());
}
