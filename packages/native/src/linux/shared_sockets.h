// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "linux/host_sockets.h"

namespace hostscope::linux_os {

// The sockets that the rows of one request look up: read when the first row needs them, once for each network
// namespace. Thread-safe.
class LinuxSharedSockets : public SharedSockets {
 public:
  LinuxSharedSockets(std::shared_ptr<const ProcessContext> context, model::SocketTables tables)
      : context_(std::move(context)), tables_(tables) {}

  // Those of the host's own namespace.
  SocketSetRead of_host(ReadGuard& guard);
  // Those of the namespace of the process that `directory` is open on. Without a set if that is the host's, or which
  // one it is cannot be seen.
  SocketSetRead of_process(int directory, std::int64_t pid, ReadGuard& guard);

 private:
  // One namespace.
  struct Slot {
    enum class State : std::uint8_t { kEmpty, kReading, kRead } state = State::kEmpty;
    std::int64_t pid = SocketWait::kHost;  // kReading: where the reader may get stuck
    SocketSetRead read;
  };
  SocketSetRead once(const std::string& name, SocketWait wait, const SocketSource& source);
  std::string host_namespace() const;

  const std::shared_ptr<const ProcessContext> context_;
  const model::SocketTables tables_;
  std::mutex mutex_;
  std::condition_variable read_;
  std::map<std::string, Slot> slots_;  // by the namespace's name; the host's has none
};

}  // namespace hostscope::linux_os
