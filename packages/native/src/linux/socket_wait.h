// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "process_reader.h"

namespace hostscope::linux_os {

// Whose sockets are read, for the guard. A table of a million sockets takes seconds, so that its reader must show
// progress all the way.
struct SocketWait {
  static constexpr std::int64_t kHost = 0;                   // the tables of the whole host; no process has this pid
  static constexpr std::int64_t kEveryProcess = 0xFFFFFFFF;  // the descriptors of all at once; nor this one

  ReadGuard& guard;
  std::int64_t pid = kHost;

  // Before each read that may block: whether to go on.
  bool go_on() const { return guard.enter(pid, static_cast<std::uint8_t>(ProcessSource::kSockets)); }
};

}  // namespace hostscope::linux_os
