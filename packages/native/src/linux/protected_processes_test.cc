// sources: linux/protected_processes.cc linux/process_stat.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/protected_processes.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

void compares_names_as_far_as_the_kernel_has_them() {
  CHECK(may_be_named("sshd", "sshd") && !may_be_named("sshd", "ssh") && !may_be_named("ssh", "sshd"));
  CHECK(may_be_named("systemd-resolve", "systemd-resolved"));
  CHECK(may_be_named("systemd-resolve", "systemd-resolve") && !may_be_named("systemd-resolv", "systemd-resolved"));
  CHECK(!may_be_named("", "x") && !may_be_named("x", ""));
}

void spares_whom_nobody_may_signal() {
  const UniqueFd proc(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const std::vector<std::string> names{"sshd"};
  const ProtectedProcesses untouchable(proc.get(), names);
  ProcessStat plain, kernel, named;
  plain.comm = "sh";
  kernel.flags = 0x00200000;
  named.comm = "sshd";
  constexpr std::int64_t kNobody = 1 << 30;
  CHECK(!untouchable.why(kNobody, plain));
  CHECK(untouchable.why(kNobody, kernel) && untouchable.why(kNobody, named));
  CHECK(untouchable.why(1, plain) && untouchable.why(::getpid(), plain) && untouchable.why(::getppid(), plain));
}

}  // namespace

int main() {
  compares_names_as_far_as_the_kernel_has_them();
  spares_whom_nobody_may_signal();
}
