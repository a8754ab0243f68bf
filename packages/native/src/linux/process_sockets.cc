// SPDX-License-Identifier: Apache-2.0
#include "linux/process_target.h"
#include "linux/shared_sockets.h"

namespace hostscope::linux_os {
namespace {

// Adds a row for each descriptor whose socket is in `set`; the others stay in `fds`.
void take_known(const SocketSet& set, std::vector<FdWalk::Socket>& fds, std::vector<model::NetConnection>& rows) {
  std::erase_if(fds, [&](const FdWalk::Socket& held) {
    const Socket* socket = set.find(held.inode);
    if (socket == nullptr) return false;
    rows.push_back(connection_of(*socket));
    rows.back().fd = held.fd;
    return true;
  });
}

}  // namespace

bool LinuxProcessReader::read_connections(Target& target) {
  constexpr AttributeSet kGives{A::kConnections};
  const FdWalk* walk = fds(target, A::kConnections);
  if (walk == nullptr) return true;
  if (walk->error != 0) return fail(target, kGives, walk->error);
  if (walk->lost_some && alive(target) == Alive::kNo) return false;
  auto left = walk->sockets;
  auto& row = target.row;
  if (!left.empty() && !target.query.sockets) {
    row.fail(kGives, AttributeOutcome::kFailed);
    return true;
  }
  if (!left.empty()) {
    auto& shared = static_cast<LinuxSharedSockets&>(*target.query.sockets);
    const auto host = shared.of_host(target.guard);
    if (!host.set) {
      row.fail(kGives, outcome_of(host.error), host.error);
      return true;
    }
    take_known(*host.set, left, row.connections);
    // Sockets of another kind are left over, and those of a container.
    if (!left.empty()) {
      const auto own = shared.of_process(target.directory(), target.pid, target.guard);
      if (own.set) take_known(*own.set, left, row.connections);
    }
  }
  row.present.add(A::kConnections);
  return true;
}

}  // namespace hostscope::linux_os
