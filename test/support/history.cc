// SPDX-License-Identifier: Apache-2.0
// Processes that come and go at random for as many seconds as the first argument says, the second being the seed. Each
// that has ended is a line: pid, start mark, then in seconds of the wall clock when it was there for sure, until when
// it was for sure, and when it was collected, and its exit code.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <thread>

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLongestLife{3800}, kLook{5};
constexpr int kEachLook = 8;  // one in so many looks starts a process

struct Life {
  std::string start;
  double born, ends;
  int code;
};

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

// Field 22 of its stat. The name is ours and has no blank.
std::string start_mark(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string field;
  for (int number = 1; number <= 22; ++number) stat >> field;
  return field;
}

[[noreturn]] void live(milliseconds life, int code, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  std::this_thread::sleep_for(life);
  ::_exit(code);
}

void collect(std::map<pid_t, Life>& lives) {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    const auto& life = lives.at(pid);
    std::printf("%d %s %.6f %.6f %.6f %d\n", pid, life.start.c_str(), life.born, life.ends, now(), life.code);
    lives.erase(pid);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  std::mt19937 random(static_cast<unsigned>(std::atoi(argv[2])));
  const auto end = steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  const pid_t self = ::getpid();
  std::map<pid_t, Life> lives;
  while (steady_clock::now() < end || !lives.empty()) {
    collect(lives);
    if (steady_clock::now() < end && random() % kEachLook == 0) {
      const milliseconds life(random() % static_cast<unsigned>(kLongestLife.count()));
      const int code = static_cast<int>(random() % 200);
      const double before = now();
      const pid_t pid = ::fork();
      if (pid == 0) live(life, code, self);
      if (pid < 0) return 1;
      lives[pid] = {start_mark(pid), now(), before + std::chrono::duration<double>(life).count(), code};
    }
    std::this_thread::sleep_for(kLook);
  }
}
