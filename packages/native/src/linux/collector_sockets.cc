// SPDX-License-Identifier: Apache-2.0
// The collector's sockets.
#include "linux/collector.h"
#include "linux/host_sockets.h"
#include "linux/shared_sockets.h"

namespace hostscope::linux_os {

Result<std::shared_ptr<const SocketList>> LinuxCollector::socket_list(gen::ConnectionKind kind,
                                                                      ReadGuard& guard) const {
  SocketWait wait{guard};
  auto read = read_sockets(host_socket_source(*context_), model::tables_of(kind), wait);
  if (!read.set) return socket_failure(read);
  return std::shared_ptr<const SocketList>(std::make_shared<HostSockets>(context_, std::move(read.set)));
}

std::shared_ptr<SharedSockets> LinuxCollector::shared_sockets(gen::ConnectionKind kind) const {
  return std::make_shared<LinuxSharedSockets>(context_, model::tables_of(kind));
}

}  // namespace hostscope::linux_os
