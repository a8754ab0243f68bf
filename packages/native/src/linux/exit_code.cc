// SPDX-License-Identifier: Apache-2.0
#include "linux/exit_code.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>

#include "linux/proc_file.h"

namespace hostscope::linux_os {
namespace {

// P_PIDFD, in C library headers since 2.36.
constexpr auto kByPidfd = static_cast<idtype_t>(3);

// struct pidfd_info, in kernel headers since 6.13; the exit code came with 6.15. A kernel that knows less fills in
// less.
struct PidfdInfo {
  std::uint64_t mask;
  std::uint64_t cgroup;
  std::uint32_t ids[11];
  std::int32_t exit_code;
};
constexpr std::uint64_t kInfoExit = 1 << 3;
constexpr unsigned long kGetInfo = _IOWR(0xFF, 11, PidfdInfo);

// Of our own child, without collecting it: that is for whoever started it.
std::optional<std::int32_t> child_returncode(int pidfd) {
  siginfo_t info{};
  if (::waitid(kByPidfd, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG | WNOWAIT) != 0) return std::nullopt;
  if (info.si_pid == 0) return std::nullopt;
  return info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
}

std::optional<std::int32_t> collected_returncode(int pidfd) {
  PidfdInfo info{};
  info.mask = kInfoExit;
  if (::ioctl(pidfd, kGetInfo, &info) != 0 || (info.mask & kInfoExit) == 0) return std::nullopt;
  return returncode_of(info.exit_code);
}

// Whether the kernel tells this process of that one what it hides from strangers.
bool is_trusted(int dir, const std::string& process) {
  FileReader reader;
  return reader.read_link(dir, (process + "ns/user").c_str()).error == 0;
}

std::optional<std::int32_t> zombie_returncode(int proc, std::int64_t pid, int pidfd) {
  const std::string name = std::to_string(pid);
  FileReader reader;
  const auto [text, error] = reader.read_record(proc, (name + "/stat").c_str());
  if (error != 0) return std::nullopt;
  const auto status = parse_exit_status(text);
  if (!status || (*status == 0 && !is_trusted(proc, name + "/"))) return std::nullopt;
  // Only if it is a zombie still, what was read is its own.
  if (is_collected(pidfd)) return std::nullopt;
  return returncode_of(*status);
}

}  // namespace

std::optional<std::int32_t> returncode_of(int wait_status) {
  if (WIFEXITED(wait_status)) return WEXITSTATUS(wait_status);
  if (WIFSIGNALED(wait_status)) return -WTERMSIG(wait_status);
  return std::nullopt;
}

std::optional<int> parse_exit_status(std::string_view stat) {
  constexpr int kFieldsBetween = 49;  // from state, which is the third, to exit_code, which is the 52nd
  const auto name_end = stat.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  std::string_view rest = stat.substr(name_end + 1);
  for (int field = 0; field <= kFieldsBetween; ++field) {
    const auto space = rest.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(space + 1);
  }
  int status = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), status);
  if (error != std::errc() || status < 0) return std::nullopt;
  return status;
}

std::optional<std::int32_t> returncode_in_stat(std::string_view stat, std::uint32_t num_threads, int directory) {
  const auto status = num_threads > 1 ? std::nullopt : parse_exit_status(stat);
  if (!status || (*status == 0 && !is_trusted(directory, {}))) return std::nullopt;
  return returncode_of(*status);
}

bool has_ended(int pidfd) {
  pollfd poll{.fd = pidfd, .events = POLLIN, .revents = 0};
  return ::poll(&poll, 1, 0) == 1 && (poll.revents & (POLLIN | POLLHUP)) != 0;
}

bool is_collected(int pidfd) { return ::syscall(SYS_pidfd_send_signal, pidfd, 0, nullptr, 0) != 0 && errno == ESRCH; }

std::optional<std::int32_t> find_returncode(int proc, std::int64_t pid, int pidfd) {
  if (const auto code = child_returncode(pidfd)) return code;
  if (const auto code = zombie_returncode(proc, pid, pidfd)) return code;
  return collected_returncode(pidfd);
}

}  // namespace hostscope::linux_os
