// SPDX-License-Identifier: Apache-2.0
// The part of the seam that lists the host's sockets and finds out who holds them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/read_guard.h"
#include "core/result.h"
#include "model/network.h"

namespace hostscope {

// That a process has a socket open.
struct SocketHolder {
  std::size_t socket;  // number in its list
  std::int64_t pid;
  std::int32_t fd;
};

// The sockets of the host at one moment. Thread-safe. Obtained from the Collector.
class SocketList {
 public:
  virtual ~SocketList() = default;
  virtual std::size_t size() const = 0;
  // One socket as a row, without pid and descriptor unless the system lists sockets with them.
  virtual model::NetConnection row(std::size_t socket) const = 0;
  // Appends what all processes hold, if the system tells that at once; false if they must be asked.
  virtual bool find_all_holders(ReadGuard&, std::vector<SocketHolder>&) const { return false; }
  // Processes to ask for their sockets, as of now; empty if the rows have their pids already.
  virtual Result<std::vector<std::int64_t>> possible_holders() const = 0;
  // Appends what `pids` hold; nothing for processes that are gone, stuck, or hide it from us.
  virtual void find_holders(std::span<const std::int64_t> pids, ReadGuard& guard,
                            std::vector<SocketHolder>& out) const = 0;
};

}  // namespace hostscope
