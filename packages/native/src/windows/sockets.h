// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"
#include "model/network.h"
#include "model/socket_tables.h"
#include "process_reader.h"
#include "socket_list.h"

namespace hostscope::windows_os {

// Sockets of these tables, each with its pid. Without any pid if the system does not tell whose they are.
Result<std::vector<model::NetConnection>> read_sockets(model::SocketTables tables);

// One moment's sockets, listed with their processes.
class WindowsSocketList : public SocketList {
 public:
  explicit WindowsSocketList(std::vector<model::NetConnection> rows) : rows_(std::move(rows)) {}
  std::size_t size() const override { return rows_.size(); }
  model::NetConnection row(std::size_t socket) const override { return rows_[socket]; }
  Result<std::vector<std::int64_t>> possible_holders() const override { return std::vector<std::int64_t>(); }
  void find_holders(std::span<const std::int64_t>, ReadGuard&, std::vector<SocketHolder>&) const override {}

 private:
  const std::vector<model::NetConnection> rows_;
};

// The sockets that the rows of one request share, read when the first row wants them. Thread-safe.
class WindowsSharedSockets : public SharedSockets {
 public:
  explicit WindowsSharedSockets(gen::ConnectionKind kind) : kind_(kind) {}
  // The same for all; valid as long as this is.
  const Result<std::vector<model::NetConnection>>& rows();

 private:
  const gen::ConnectionKind kind_;
  std::mutex mutex_;
  std::optional<Result<std::vector<model::NetConnection>>> rows_;
};

}  // namespace hostscope::windows_os
