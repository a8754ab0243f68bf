// SPDX-License-Identifier: Apache-2.0
// Processes that come and go as fast as they can be made, for as many seconds as the first argument says. Each has a
// number of its own and shows it wherever a process can show one: a row that shows two numbers is of two processes.
// Pids are given anew after a few hundred. Prints how many there were.
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace {

constexpr int kNumbers = 900, kAtOnce = 40;
constexpr int kWhoProcess = 1, kBestEffort = 2 << 13;  // <linux/ioprio.h> is not C++ in some releases
constexpr pid_t kFirstPid = 300, kLastPid = 700;
constexpr auto kLife = std::chrono::milliseconds(15);

// Leaves one of the CPUs that it may run on now.
void stay_on_one_cpu(int number) {
  cpu_set_t allowed, one;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) std::abort();
  CPU_ZERO(&one);
  for (int cpu = 0, nth = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &allowed) && nth++ == number % CPU_COUNT(&allowed)) CPU_SET(cpu, &one);
  }
  ::sched_setaffinity(0, sizeof one, &one);
}

// The name comes last: who shows it shows everything else already.
void be(int number, char* title) {
  const rlimit limit{static_cast<rlim_t>(1000 + number), static_cast<rlim_t>(5000 + number)};
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::syscall(SYS_ioprio_set, kWhoProcess, 0, kBestEffort | number % 8);
  stay_on_one_cpu(number);
  ::setresgid(static_cast<gid_t>(2000 + number), static_cast<gid_t>(3000 + number), static_cast<gid_t>(4000 + number));
  ::setresuid(static_cast<uid_t>(2000 + number), static_cast<uid_t>(3000 + number), static_cast<uid_t>(4000 + number));
  std::snprintf(title, std::strlen(title) + 1, "n%04d", number);
  ::prctl(PR_SET_NAME, title);
  std::this_thread::sleep_for(kLife);
  ::_exit(0);
}

// Without this pids would go up to the host's limit before one is given anew.
void begin_pids_again() {
  const int file = ::open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
  char text[16];
  const int size = std::snprintf(text, sizeof text, "%d", kFirstPid);
  if (file < 0 || ::write(file, text, static_cast<std::size_t>(size)) != size) std::abort();
  ::close(file);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(arguments[1]));
  int made = 0, running = 0;
  while (std::chrono::steady_clock::now() < end) {
    const pid_t pid = ::fork();
    if (pid == 0) be(made % kNumbers, arguments[0]);
    if (pid > 0) ++made, ++running;
    if (pid > kLastPid) begin_pids_again();
    while (running > 0 && ::waitpid(-1, nullptr, running < kAtOnce ? WNOHANG : 0) > 0) --running;
  }
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
  std::fprintf(stderr, "storm: %d processes\n", made);
}
