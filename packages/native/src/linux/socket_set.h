// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "linux/kernel_socket.h"
#include "linux/sock_diag_reader.h"
#include "linux/socket_wait.h"

namespace hostscope::linux_os {

// Sockets of one network namespace at about one moment.
class SocketSet {
 public:
  // Each inode once: a table that changes while it is read may show a socket twice.
  explicit SocketSet(std::vector<Socket> sockets);

  const std::vector<Socket>& sockets() const { return sockets_; }
  // The socket with this inode; null if it is of another kind or namespace.
  const Socket* find(std::uint64_t inode) const {
    const auto found = by_inode_.find(inode);
    return found == by_inode_.end() ? nullptr : &sockets_[found->second];
  }

 private:
  std::vector<Socket> sockets_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_inode_;
};

// A set, or why there is none.
struct SocketSetRead {
  std::shared_ptr<const SocketSet> set;
  int error = 0;           // an errno; ETIMEDOUT if something is stuck there
  const char* table = "";  // that could not be read
};

// Where the sockets of a namespace are read.
struct SocketSource {
  int directory;               // open on the procfs root or a process
  std::string folder;          // of the tables, below it
  const SockDiagReader* diag;  // asked first; null: only the tables are of this namespace
  const NetNamespace* net;     // to ask in
};

SocketSetRead read_sockets(const SocketSource& source, model::SocketTables tables, SocketWait& wait);

}  // namespace hostscope::linux_os
