// SPDX-License-Identifier: Apache-2.0
// A process that starts processes which do the same, up to a hundred: as a user of its own, whom no more are allowed.
// Each ends by itself after some seconds, so that it cannot outlive its test.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  constexpr unsigned kSeconds = 20;
  constexpr uid_t kUser = 54321;
  constexpr rlimit kMost{100, 100};
  if (::setrlimit(RLIMIT_NPROC, &kMost) != 0 || ::setuid(kUser) != 0) return 1;
  ::prctl(PR_SET_NAME, "forkbomb");
  ::alarm(kSeconds);
  for (;;) {
    const pid_t pid = ::fork();
    if (pid == 0) ::alarm(kSeconds);
    if (pid < 0) ::usleep(1000);
    // Some of each generation vanish, so that it goes on for ever and their children are others'.
    if (pid == 0 && ::getpid() % 7 == 0 && ::fork() > 0) ::_exit(0);
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
  }
}
