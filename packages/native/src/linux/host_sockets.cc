// SPDX-License-Identifier: Apache-2.0
#include "linux/host_sockets.h"

#include <cerrno>
#include <charconv>
#include <cstring>

#include "linux/fd_walk.h"
#include "linux/pids.h"

namespace hostscope::linux_os {

SocketSource host_socket_source(const ProcessContext& context) {
  return {context.proc.get(), context.net.folder(), &context.sock_diag, &context.net};
}

Status socket_failure(const SocketSetRead& read) {
  if (read.error == ETIMEDOUT) return Status::deadline("the system does not answer");
  return Status::os(std::string("read net/") + read.table + " of procfs", read.error);
}

void HostSockets::add(std::int64_t pid, std::int32_t fd, std::uint64_t inode, std::vector<SocketHolder>& out) const {
  if (const Socket* socket = set_->find(inode)) {
    out.push_back({static_cast<std::size_t>(socket - set_->sockets().data()), pid, fd});
  }
}

bool HostSockets::find_all_holders(ReadGuard& guard, std::vector<SocketHolder>& out) const {
  std::vector<HeldSocket> held;
  if (!context_->bpf_sockets.read({guard, SocketWait::kEveryProcess}, held)) return false;
  for (const auto& [pid, fd, inode] : held) add(pid, fd, inode, out);
  return true;
}

Result<std::vector<std::int64_t>> HostSockets::possible_holders() const { return list_pids(context_->proc.get()); }

void HostSockets::find_holders(std::span<const std::int64_t> pids, ReadGuard& guard,
                               std::vector<SocketHolder>& out) const {
  FdWalk fds;
  for (const auto pid : pids) {
    if (guard.abandoned()) return;
    const SocketWait wait{guard, pid};
    const auto may_go_on = [&wait] { return wait.go_on(); };
    if (!may_go_on()) continue;
    char folder[32];
    std::memcpy(std::to_chars(folder, folder + sizeof folder - sizeof "/fd", pid).ptr, "/fd", sizeof "/fd");
    // Not complete for a process that ends meanwhile or is somebody else's: what was found of it is true all the same.
    walk_fds(context_->proc.get(), folder, FdDetail::kSockets, fds, may_go_on);
    for (const auto& [fd, inode] : fds.sockets) add(pid, fd, inode, out);
  }
}

}  // namespace hostscope::linux_os
