// sources: linux/ended_processes.cc linux/exit_code.cc linux/process_handles.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/ended_processes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

const int kProc = ::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);

std::unique_ptr<ProcessHandle> handle_of(std::uint64_t start, std::optional<std::int32_t> returncode) {
  auto handle = std::make_unique<ProcessHandle>();
  handle->start = start;
  handle->returncode = returncode;
  return handle;
}

model::ProcessRef ref_of(std::int64_t pid, std::uint64_t start) {
  return {.pid = pid, .start = start, .pidfd_inode = {}, .boot = {}};
}

void asks_the_handle_that_is_kept_and_remembers() {
  ProcessHandles handles(10);
  EndedProcesses ended;
  handles.put(7, handle_of(100, 3));
  CHECK(ended.returncode(kProc, ref_of(7, 100), handles) == 3);
  CHECK(!handles.take(7));
  CHECK(ended.returncode(kProc, ref_of(7, 100), handles) == 3);
  CHECK(!ended.returncode(kProc, ref_of(8, 100), handles));
}

void leaves_the_handle_of_another_with_its_pid() {
  ProcessHandles handles(10);
  EndedProcesses ended;
  handles.put(7, handle_of(200, 3));
  CHECK(!ended.returncode(kProc, ref_of(7, 100), handles));
  CHECK(handles.take(7));
  // Both have ended.
  ended.add(kProc, 7, *handle_of(100, 1));
  CHECK(ended.returncode(kProc, ref_of(7, 100), handles) == 1);
  ended.add(kProc, 7, *handle_of(200, 2));
  CHECK(!ended.returncode(kProc, ref_of(7, 100), handles));
  CHECK(ended.returncode(kProc, ref_of(7, 200), handles) == 2);
}

void knows_nothing_of_whom_nobody_told() {
  ProcessHandles handles(10);
  EndedProcesses ended;
  ended.add(kProc, 7, *handle_of(100, std::nullopt));
  CHECK(!ended.returncode(kProc, ref_of(7, 100), handles));
}

void forgets_the_oldest() {
  ProcessHandles handles(10);
  EndedProcesses ended(3);
  for (int pid = 1; pid <= 3; ++pid) ended.add(kProc, pid, *handle_of(100, pid));
  ended.add(kProc, 1, *handle_of(101, 11));  // again: its first end is forgotten in its turn, this one is not
  ended.add(kProc, 4, *handle_of(100, 4));
  CHECK(ended.returncode(kProc, ref_of(1, 101), handles) == 11);
  CHECK(!ended.returncode(kProc, ref_of(2, 100), handles));
  CHECK(ended.returncode(kProc, ref_of(3, 100), handles) == 3);
  CHECK(ended.returncode(kProc, ref_of(4, 100), handles) == 4);
}

// Another one than its parent holds a pidfd that was opened while it lived.
void asks_the_pidfd_when_the_parent_has_collected_the_process() {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::pause();
    ::_exit(0);
  }
  auto handle = handle_of(100, std::nullopt);
  handle->pidfd = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  CHECK(handle->pidfd);
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  EndedProcesses ended;
  ProcessHandles handles(10);
  handles.put(pid, std::move(handle));
  const auto code = ended.returncode(kProc, ref_of(pid, 100), handles);
  CHECK(!code || code == -SIGKILL);  // kernels before 6.15 do not tell
}

}  // namespace

int main() {
  asks_the_handle_that_is_kept_and_remembers();
  leaves_the_handle_of_another_with_its_pid();
  knows_nothing_of_whom_nobody_told();
  forgets_the_oldest();
  asks_the_pidfd_when_the_parent_has_collected_the_process();
}
