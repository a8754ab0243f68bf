// SPDX-License-Identifier: Apache-2.0
// Processes that live for some milliseconds and get each other's pids, every second one of them called "chosen". Each
// counts the SIGUSR2 that reach it: a chosen one as right, any other as wrong. Goes on until the file that is the first
// argument exists, a minute at most, then prints the counts.
// With a second argument, a number, it sends so many signals itself, to chosen ones, the way that cannot be made safe:
// it looks who has the pid, and then signals the pid.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kAtOnce = 3, kFirstPid = 300, kLastPid = 304;
constexpr auto kLife = std::chrono::milliseconds(6), kBetween = std::chrono::milliseconds(5);
constexpr auto kLongest = std::chrono::minutes(1);

struct Counts {
  std::atomic<long> right{0}, wrong{0};
};
Counts* counts;
volatile sig_atomic_t chosen = 0;

void count(int) { ++(chosen ? counts->right : counts->wrong); }

// What tells a process from another with its pid: "pid (name) ... start", the name and the start mark of it.
std::string mark_of(int pid) {
  char text[512];
  std::FILE* const file = std::fopen(("/proc/" + std::to_string(pid) + "/stat").c_str(), "r");
  if (file == nullptr) return "";
  const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
  std::fclose(file);
  std::string stat(text, size);
  const auto name = stat.find('('), end = stat.rfind(')');
  if (end == std::string::npos) return "";
  std::size_t start = end;
  for (int field = 0; field < 20 && start != std::string::npos; ++field) start = stat.find(' ', start + 1);
  return start == std::string::npos ? "" : stat.substr(name, end - name) + stat.substr(start, 12);
}

void check_then_kill(long signals) {
  const auto last = Clock::now() + kLongest;
  for (int pid = kFirstPid; signals > 0 && Clock::now() < last; pid = pid == kLastPid ? kFirstPid : pid + 1) {
    const auto mark = mark_of(pid);
    if (!mark.starts_with("(chosen") || mark_of(pid) != mark) continue;
    std::this_thread::sleep_for(kBetween);  // what may always happen between two system calls
    --signals;
    ::kill(pid, SIGUSR2);
  }
}

void live(int number) {
  chosen = number % 2;
  ::prctl(PR_SET_NAME, chosen ? "chosen" : "other");
  const auto end = Clock::now() + kLife;
  while (Clock::now() < end) std::this_thread::sleep_for(kLife / 4);
  ::_exit(0);
}

}  // namespace

int main(int size, char** arguments) {
  if (size < 2) return 2;
  void* const shared = ::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 1;
  counts = new (shared) Counts;
  struct sigaction action {};
  action.sa_handler = count;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGUSR2, &action, nullptr);
  const pid_t killer = size > 2 ? ::fork() : 0;
  if (size > 2 && killer == 0) {
    check_then_kill(std::atol(arguments[2]));
    ::_exit(0);
  }
  const auto last = Clock::now() + kLongest;
  int made = 0, running = 0;
  for (bool killing = true; killing && Clock::now() < last && ::access(arguments[1], F_OK) != 0;) {
    const pid_t pid = running < kAtOnce ? ::fork() : -1;
    if (pid == 0) live(made);
    if (pid > 0) ++made, ++running;
    // Without a pid that is free it is to wait, too.
    for (int flags = running < kAtOnce && pid > 0 ? WNOHANG : 0; running > 0; flags = WNOHANG) {
      const pid_t ended = ::waitpid(-1, nullptr, flags);
      if (ended <= 0) break;
      if (killer > 0 && ended == killer) {
        killing = false;
      } else {
        --running;
      }
    }
  }
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
  std::fprintf(stderr, "storm: %d made, %ld right, %ld wrong\n", made, counts->right.load(), counts->wrong.load());
}
