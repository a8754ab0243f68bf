// SPDX-License-Identifier: Apache-2.0
#include "linux/net_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>
#include <thread>

#include "core/unique_fd.h"
#include "linux/pid_namespace.h"
#include "linux/pids.h"

namespace hostscope::linux_os {
namespace {

constexpr const char* kOwn = "net";
constexpr const char* kOfFirstProcess = "1/net";

bool are_default(const Roots& roots) { return roots.proc == Roots{}.proc && roots.rootfs == Roots{}.rootfs; }

// The number of a file that each namespace has for itself: anybody may ask for it, while the links in /proc/PID/ns are
// for who may trace the process. Empty if there is no such process.
std::optional<ino_t> net_mark(int proc, const std::string& process) {
  struct stat info {};
  if (::fstatat(proc, (process + "/net/dev").c_str(), &info, 0) != 0) return std::nullopt;
  return info.st_ino;
}

// The namespace of the first process. That may be guarded more than others, which share it: those are tried, too.
UniqueFd open_namespace(int proc, std::optional<ino_t> mark) {
  constexpr std::size_t kTries = 64;
  UniqueFd net(::openat(proc, "1/ns/net", O_RDONLY | O_CLOEXEC));
  if (net || !mark) return net;
  const int error = errno;
  const auto pids = list_pids(proc);
  for (std::size_t i = 0; pids && i < std::min(pids->size(), kTries) && !net; ++i) {
    const auto process = std::to_string((*pids)[i]);
    if (net_mark(proc, process) != mark) continue;
    net = UniqueFd(::openat(proc, (process + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC));
  }
  errno = error;
  return net;
}

}  // namespace

NetNamespace::NetNamespace(int proc, const Roots& roots, bool own_pid_namespace)
    : proc_(proc), entered_(!own_pid_namespace || !are_default(roots)), folder_(entered_ ? kOfFirstProcess : kOwn) {
  if (is_procfs(proc)) return;
  // A tree of plain files has no namespace, and need not have a first process.
  entered_ = false;
  if (::faccessat(proc, kOfFirstProcess, F_OK, 0) != 0) folder_ = kOwn;
}

int NetNamespace::run_inside(const std::function<void()>& work) const {
  const auto mark = net_mark(proc_, "1");
  if (mark && mark == net_mark(proc_, "thread-self")) {
    work();
    return 0;
  }
  const UniqueFd net = open_namespace(proc_, mark);
  if (!net) return errno;
  int error = 0;
  try {
    // A thread that ends there rather than one that comes back: coming back can fail, and then every later call on that
    // thread would be answered from the wrong namespace.
    std::thread([&] {
      if (::setns(net.get(), CLONE_NEWNET) == 0) {
        work();
      } else {
        error = errno;
      }
    }).join();
  } catch (const std::system_error&) {
    return EAGAIN;
  }
  return error;
}

}  // namespace hostscope::linux_os
