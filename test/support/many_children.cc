// SPDX-License-Identifier: Apache-2.0
// Starts as many processes as its first argument says and prints their pids in one line. Each line of input is how many
// microseconds to leave between two: then it ends them one after another, the Nth with the exit code N % 100, and
// prints for each when that was, in nanoseconds of the monotonic clock. All end by themselves after three minutes.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace {

constexpr unsigned kSeconds = 180;

int code = 0;

[[noreturn]] void be_a_child(int number, pid_t parent) {
  code = number % 100;
  std::signal(SIGUSR1, [](int) { ::_exit(code); });
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  ::alarm(kSeconds);
  for (;;) ::pause();
}

long long now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const int count = std::atoi(argv[1]);
  const pid_t parent = ::getpid();
  std::vector<pid_t> pids;
  for (int i = 0; i < count; ++i) {
    const pid_t pid = ::fork();
    if (pid == 0) be_a_child(i, parent);
    if (pid < 0) break;
    pids.push_back(pid);
  }
  ::alarm(kSeconds);
  for (const pid_t pid : pids) std::printf("%d ", pid);
  std::printf("\n");
  std::fflush(stdout);
  long pause = 0;
  while (std::scanf("%ld", &pause) == 1) {
    for (const pid_t pid : pids) {
      const auto at = now();
      ::kill(pid, SIGUSR1);
      ::waitpid(pid, nullptr, 0);
      std::printf("%lld ", at);
      if (pause > 0) ::usleep(static_cast<useconds_t>(pause));
    }
    std::printf("\n");
    std::fflush(stdout);
    pids.clear();
  }
}
