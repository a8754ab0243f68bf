// sources: linux/exit_code.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/exit_code.h"

using namespace hostscope;

FUZZ_TARGET(parse_exit_status) {
  const auto status = linux_os::parse_exit_status(text);
  if (!status) return;
  CHECK(*status >= 0);
  const auto code = linux_os::returncode_of(*status);
  CHECK(!code || (*code >= -127 && *code <= 255));
}
