// sources: linux/exit_code.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/exit_code.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

std::string stat_line(const std::string& name, const std::string& exit_status) {
  std::string text = "7 (" + name + ") Z";
  for (int field = 4; field < 52; ++field) text += ' ' + std::to_string(field);
  return text + ' ' + exit_status + '\n';
}

void knows_exits_from_signals() {
  CHECK(returncode_of(0) == 0);
  CHECK(returncode_of(3 << 8) == 3);
  CHECK(returncode_of(255 << 8) == 255);
  CHECK(returncode_of(SIGKILL) == -SIGKILL);
  CHECK(returncode_of(SIGSEGV | 0x80) == -SIGSEGV);  // with a core dump
  CHECK(returncode_of(40) == -40);
  CHECK(!returncode_of(0x137f));  // stopped
  CHECK(!returncode_of(0xffff));  // continued
}

void finds_the_field_whatever_the_name() {
  CHECK(parse_exit_status(stat_line("sh", "768")) == 768);
  CHECK(parse_exit_status(stat_line("a) R 1 (b", "9")) == 9);
  CHECK(parse_exit_status(stat_line("x\ny", "0")) == 0);
  CHECK(!parse_exit_status(stat_line("sh", "-1")));
  CHECK(!parse_exit_status(stat_line("sh", "99999999999")));
  CHECK(!parse_exit_status("7 (sh) Z 1 2 3\n"));
  CHECK(!parse_exit_status("no parenthesis"));
  CHECK(!parse_exit_status(""));
}

template <class Child>
std::optional<std::int32_t> code_of(Child run, bool collected) {
  const UniqueFd proc(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const pid_t pid = ::fork();
  if (pid == 0) {
    run();
    ::_exit(99);
  }
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  CHECK(pidfd);
  siginfo_t info{};
  CHECK(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0);
  CHECK(has_ended(pidfd.get()));
  CHECK(!is_collected(pidfd.get()));
  if (collected) {
    CHECK(::waitpid(pid, nullptr, 0) == pid);
    CHECK(has_ended(pidfd.get()) && is_collected(pidfd.get()));
    return find_returncode(proc.get(), pid, pidfd.get());
  }
  const auto code = find_returncode(proc.get(), pid, pidfd.get());
  CHECK(::waitpid(pid, nullptr, 0) == pid);  // it was left to its parent
  return code;
}

void peeks_at_children() {
  CHECK(code_of([] { ::_exit(7); }, false) == 7);
  CHECK(code_of([] { ::_exit(0); }, false) == 0);
  CHECK(code_of([] { ::raise(SIGKILL); }, false) == -SIGKILL);
}

void never_gives_a_wrong_code_of_what_was_collected() {
  const auto code = code_of([] { ::_exit(7); }, true);
  CHECK(!code || *code == 7);  // which of them depends on the kernel
  const auto signal = code_of([] { ::raise(SIGTERM); }, true);
  CHECK(!signal || *signal == -SIGTERM);
  // Another thread ends the process.
  const auto thread = code_of(
      [] {
        std::thread([] { ::_exit(5); }).detach();
        ::pause();
      },
      true);
  CHECK(!thread || *thread == 5);
}

void stopped_is_not_ended() {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::raise(SIGSTOP);
    ::_exit(1);
  }
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  siginfo_t info{};
  CHECK(::waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | WNOWAIT) == 0);
  CHECK(!has_ended(pidfd.get()));
  ::kill(pid, SIGKILL);
  CHECK(::waitpid(pid, nullptr, 0) == pid);
}

}  // namespace

int main() {
  knows_exits_from_signals();
  finds_the_field_whatever_the_name();
  peeks_at_children();
  never_gives_a_wrong_code_of_what_was_collected();
  stopped_is_not_ended();
}
