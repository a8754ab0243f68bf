// SPDX-License-Identifier: Apache-2.0
// The open descriptors of one process, walked once for all that is asked about them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hostscope::linux_os {

// What the descriptors of a process stand for, as far as their links tell.
struct FdWalk {
  struct Socket {
    std::int32_t fd;
    std::uint64_t inode;
  };
  struct Path {  // a file of any kind: regular, directory, device, named pipe
    std::int32_t fd;
    std::string target;
  };

  std::uint32_t count = 0;
  std::vector<Socket> sockets;  // in the kernel's order, ascending
  std::vector<Path> paths;
  bool lost_some = false;  // descriptors were closed, or the process ended, between listing and reading
  int error = 0;           // errno: the list could not be read

  void clear();
};

enum class FdDetail { kCount, kSockets, kTargets };

// Reads `folder`, the folder fd of a process, below the directory `dir`. With kCount no link is read. Asks `may_go_on`
// from time to time, for there may be a million; if not, the error is ETIMEDOUT.
void walk_fds(int dir, const char* folder, FdDetail detail, FdWalk& out, const std::function<bool()>& may_go_on = {});

// Inode of a link like "socket:[1234]"; empty for anything else.
std::optional<std::uint64_t> socket_inode(std::string_view link);

}  // namespace hostscope::linux_os
