// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "core/result.h"
#include "linux/linux_process_reader.h"
#include "linux/socket_set.h"
#include "socket_list.h"

namespace hostscope::linux_os {

// Where the sockets of the host's own network namespace are read.
SocketSource host_socket_source(const ProcessContext& context);

// Why there are no sockets.
Status socket_failure(const SocketSetRead& read);

// The sockets of the host's network namespace, held by whoever has them open, in whatever namespace.
class HostSockets : public SocketList {
 public:
  HostSockets(std::shared_ptr<const ProcessContext> context, std::shared_ptr<const SocketSet> set)
      : context_(std::move(context)), set_(std::move(set)) {}

  std::size_t size() const override { return set_->sockets().size(); }
  model::NetConnection row(std::size_t socket) const override { return connection_of(set_->sockets()[socket]); }
  bool find_all_holders(ReadGuard& guard, std::vector<SocketHolder>& out) const override;
  Result<std::vector<std::int64_t>> possible_holders() const override;
  void find_holders(std::span<const std::int64_t> pids, ReadGuard& guard,
                    std::vector<SocketHolder>& out) const override;

 private:
  void add(std::int64_t pid, std::int32_t fd, std::uint64_t inode, std::vector<SocketHolder>& out) const;

  const std::shared_ptr<const ProcessContext> context_;
  const std::shared_ptr<const SocketSet> set_;
};

}  // namespace hostscope::linux_os
