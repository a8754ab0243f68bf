// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "linux/kernel_socket.h"
#include "linux/net_namespace.h"
#include "linux/socket_wait.h"

namespace hostscope::linux_os {

// Asks the kernel for its sockets by NETLINK_SOCK_DIAG: several times faster than the text of /proc/net, and exact
// where that is not (a line break in a path). A kernel may lack it for some tables, a container's rules may forbid it:
// that is remembered, because asking again makes the kernel look for a module each time. Thread-safe.
class SockDiagReader {
 public:
  // Unless `usable`, always fails: procfs is not the kernel's own, so the kernel's sockets are not what is asked for.
  explicit SockDiagReader(bool usable) : usable_(usable) {}

  // Appends the sockets of a table. Gives 0 or an errno; then `out` is as it was.
  int read(const NetNamespace& net, model::SocketTable table, SocketWait& wait, std::vector<Socket>& out) const;

 private:
  const bool usable_;
  mutable std::atomic<std::uint32_t> missing_{0};  // a bit per table
};

}  // namespace hostscope::linux_os
