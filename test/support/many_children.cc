// SPDX-License-Identifier: Apache-2.0
// Starts as many processes as the first argument says, prints a line when they are there, and waits. All end with it,
// and after a minute and a half.
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

int main(int size, char** arguments) {
  constexpr unsigned kSeconds = 90;
  int left = size > 1 ? std::atoi(arguments[1]) : 0;
  ::alarm(kSeconds);
  for (; left > 0; --left) {
    const pid_t pid = ::fork();
    if (pid < 0) return 1;
    if (pid > 0) continue;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::alarm(kSeconds);
    for (;;) ::pause();
  }
  std::printf("ready\n");
  std::fflush(stdout);
  for (;;) ::pause();
}
