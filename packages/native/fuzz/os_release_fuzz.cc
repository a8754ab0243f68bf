// sources: linux/os_release.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/os_release.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_os_release) {
  const auto release = parse_os_release(text);
  CHECK(!release.name || !release.name->empty());
}
