// sources: all
// SPDX-License-Identifier: Apache-2.0
// What the conformance tests cannot bring about: a kernel that has no pidfds, or a filter that knows none.
#include "linux/held_process.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>

#include "collector.h"
#include "core/check.h"

using namespace hostscope;
using namespace std::chrono_literals;

namespace {

// From now on no pidfd can be had by this process.
void forbid_pidfds(int error) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{.len = std::size(filter), .filter = filter};
  CHECK(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  CHECK(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
  CHECK(::syscall(SYS_pidfd_open, ::getpid(), 0) == -1 && errno == error);
}

// Ends with this process, and after a minute.
pid_t sleeper(int children = 0) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::alarm(60);
  while (children-- > 0) sleeper();
  for (;;) ::pause();
}

int signal_that_ended(pid_t pid) {
  int status = 0;
  CHECK(::waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
  return WTERMSIG(status);
}

gen::ProcessRef ref_of(pid_t pid) {
  gen::ProcessRef ref;
  ref.pid = pid;
  return ref;
}

void acts_and_says_that_it_was_checked(const Collector& collector) {
  const pid_t pid = sleeper();
  auto held = collector.hold_process(ref_of(pid));
  CHECK(held && (*held)->ref().start && !(*held)->ref().pidfd_inode);
  const auto niced = (*held)->set_nice(5, Threads::kAll);
  CHECK(niced && *niced == gen::Guarantee::kChecked && ::getpriority(PRIO_PROCESS, static_cast<id_t>(pid)) == 5);
  const auto stopped = (*held)->signal(SIGSTOP);
  CHECK(stopped && *stopped == gen::Guarantee::kChecked);
  const auto ended = (*held)->signal(SIGKILL);
  CHECK(ended && *ended == gen::Guarantee::kChecked);
  CHECK(signal_that_ended(pid) == SIGKILL);
  const auto late = (*held)->signal(SIGKILL);
  CHECK(!late && late.status().reason == ErrorReason::kNoSuchProcess);
  auto stale = ref_of(::getppid());
  stale.start = 1;
  const auto other = collector.hold_process(stale);
  CHECK(!other && other.status().reason == ErrorReason::kPidReused);
}

void ends_a_tree(const Collector& collector) {
  const pid_t root = sleeper(5);
  ::usleep(100'000);
  const model::Patience patience{std::chrono::steady_clock::now() + 20s, [] { return true; }};
  const auto killed = collector.kill_tree(ref_of(root), false, patience);
  CHECK(killed && killed->targets.size() == 6);
  for (const auto& target : killed->targets) {
    CHECK(target.ended && target.outcome == gen::ControlOutcome::kSignalled);
    CHECK(target.guarantee == gen::Guarantee::kChecked);
  }
  CHECK(signal_that_ended(root) == SIGKILL);
}

void works_without_pidfds(int error) {
  const pid_t child = ::fork();
  if (child == 0) {
    forbid_pidfds(error);
    const auto collector = make_collector({});
    acts_and_says_that_it_was_checked(*collector);
    ends_a_tree(*collector);
    ::_exit(0);
  }
  int status = 1;
  CHECK(::waitpid(child, &status, 0) == child && status == 0);
}

}  // namespace

int main() {
  works_without_pidfds(ENOSYS);
  works_without_pidfds(EPERM);
}
