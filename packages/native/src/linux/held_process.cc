// SPDX-License-Identifier: Apache-2.0
#include "linux/held_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <limits>

#include "linux/pid_namespace.h"
#include "linux/process_target.h"
#include "model/same_process.h"

namespace hostscope::linux_os {
namespace {

constexpr int kMostSignal = 64;  // on every architecture but MIPS, whose last real-time signals nobody uses

int open_pidfd(std::int64_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)); }

int send_signal(int pidfd, int number) {
  return ::syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, 0) == 0 ? 0 : errno;
}

// Older kernels have none, and a filter of system calls that knows none answers EPERM, which the kernel never does.
bool has_no_pidfds(int error) { return error == ENOSYS || error == EPERM; }

Status open_failure(std::int64_t pid, int error) {
  if (gone(error)) return Status::no_such_process(pid);
  if (error == EMFILE || error == ENFILE) return Status::overloaded("no file descriptor is left to hold a process by");
  if (error == EACCES || error == EPERM) return Status::access_denied(pid, "look at the process", error);
  return Status::os("look at pid " + std::to_string(pid), error);
}

}  // namespace

Result<std::unique_ptr<LinuxHeldProcess>> LinuxHeldProcess::open(std::shared_ptr<const ProcessContext> context,
                                                                 const gen::ProcessRef& ref,
                                                                 const ProtectedProcesses& untouchable) {
  const auto pid = ref.pid;
  if (pid <= 0 || pid > std::numeric_limits<pid_t>::max()) return Status::no_such_process(pid);
  std::unique_ptr<LinuxHeldProcess> held(new LinuxHeldProcess);
  held->context_ = std::move(context);
  held->directory_ =
      UniqueFd(::openat(held->context_->proc.get(), std::to_string(pid).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!held->directory_) return open_failure(pid, errno);
  held->pidfd_ = UniqueFd(open_pidfd(pid));
  const int error = held->pidfd_ ? 0 : errno;
  // Only now: that the directory's process still has its pid proves that the pidfd, opened in between, is of the same.
  FileReader reader;
  const auto file = reader.read_record(held->directory_.get(), "stat");
  const auto stat = file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
  if (file.error != 0) return open_failure(pid, file.error);
  if (!stat) return Status::internal("stat of pid " + std::to_string(pid) + " cannot be read");
  if (error == ENOENT || error == EINVAL) {
    return Status::invalid_argument("ref.pid", std::to_string(pid) + " is a thread, not a process");
  }
  if (error != 0 && !has_no_pidfds(error)) return open_failure(pid, error);
  held->name_ = stat->comm;
  held->stat_ = *stat;
  held->stat_.comm = {};
  held->ref_ = {pid, stat->starttime, std::nullopt, held->context_->boot};
  struct stat info {};
  if (held->context_->has_pidfd_inode && held->pidfd_ && ::fstat(held->pidfd_.get(), &info) == 0) {
    held->ref_.pidfd_inode = info.st_ino;
  }
  if (!same_process(ref, held->ref_)) return Status::pid_reused(pid);
  held->protection_ = untouchable.why(pid, *stat);
  return held;
}

std::optional<ProcessStat> LinuxHeldProcess::read_stat() const {
  FileReader reader;
  const auto file = reader.read_record(directory_.get(), "stat");
  auto stat = file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
  if (stat) stat->comm = {};
  return stat;
}

bool LinuxHeldProcess::has_pid() const {
  // One that may not be signalled is there, too.
  if (pidfd_) return send_signal(pidfd_.get(), 0) != ESRCH;
  return read_stat().has_value();
}

bool LinuxHeldProcess::has_ended() const {
  if (pidfd_) {
    pollfd end{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
    return ::poll(&end, 1, 0) > 0;
  }
  const auto stat = read_stat();
  return !stat || stat->state == 'Z' || stat->state == 'X';
}

void LinuxHeldProcess::keep_only_pidfd() {
  if (pidfd_) directory_ = UniqueFd();
}

bool LinuxHeldProcess::is_first_of_namespace() const {
  FileReader reader;
  return linux_os::is_first_of_namespace(reader.read_record(directory_.get(), "status").text);
}

Status LinuxHeldProcess::failure(std::string_view what, int error) const {
  if (error == ESRCH) return Status::no_such_process(ref_.pid);
  if (error == EPERM || error == EACCES) return Status::access_denied(ref_.pid, what, error);
  Status status = Status::os(what, error);
  status.target = "pid " + std::to_string(ref_.pid);
  status.pid = ref_.pid;
  return status;
}

Result<gen::Guarantee> LinuxHeldProcess::signal(int number) {
  if (number < 1 || number > kMostSignal) {
    return Status::invalid_argument("signal", "must be from 1 to " + std::to_string(kMostSignal));
  }
  if (protection_) return Status::protected_process(ref_.pid, *protection_);
  if (!pidfd_) return signal_by_pid(number);
  const int error = send_signal(pidfd_.get(), number);
  if (error == EAGAIN) return Status::overloaded("too many signals wait for the user of this process");
  if (error != 0) return failure("send a signal", error);
  return gen::Guarantee::kAtomic;
}

// What a kernel without pidfds leaves: it was verified just before. Afterwards it may be gone because of this signal;
// only one that has its pid by then could have been met in its place.
Result<gen::Guarantee> LinuxHeldProcess::signal_by_pid(int number) const {
  const auto pid = static_cast<pid_t>(ref_.pid);
  if (!read_stat()) return Status::no_such_process(pid);
  if (::kill(pid, number) != 0) return failure("send a signal", errno);
  const bool nobody_has_it = !read_stat() && ::kill(pid, 0) != 0 && errno == ESRCH;
  if (nobody_has_it || read_stat()) return gen::Guarantee::kChecked;
  return Status::target_left(pid);
}

}  // namespace hostscope::linux_os
