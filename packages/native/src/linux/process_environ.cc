// SPDX-License-Identifier: Apache-2.0
#include "linux/process_files.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

bool LinuxProcessReader::read_environ(Target& target) {
  if (!target.enter(ProcessSource::kEnviron, {A::kEnviron})) return true;
  auto& row = target.row;
  const auto file = reader_.read(target.directory(), "environ");
  if (file.error != 0 && file.error != ESRCH) return fail(target, {A::kEnviron}, file.error);
  parse_environ(file.text, row.environment);
  if (file.text.empty()) {
    // Kernel threads have none, and kernels differ in how they say so: an empty file, or as if there was no process.
    const Alive state = alive(target);
    if (state == Alive::kNo) return false;
    if (state == Alive::kZombie) {
      row.fail({A::kEnviron}, AttributeOutcome::kZombie, file.error);
      return true;
    }
  }
  row.present.add(A::kEnviron);
  return true;
}

}  // namespace hostscope::linux_os
