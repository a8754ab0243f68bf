// sources: posix/passwd.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "posix/passwd.h"

using namespace hostscope;

FUZZ_TARGET(name_in_passwd) {
  if (const auto name = posix::name_in_passwd(text, 1000)) CHECK(!name->empty());
}
