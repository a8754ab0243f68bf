// SPDX-License-Identifier: Apache-2.0
// The part of the seam that waits for the end of processes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace hostscope {

// Who is told that processes have ended. Called on whatever thread notices it, without a lock; must be brief.
class ExitListener {
 public:
  virtual ~ExitListener() = default;
  // Once for each process; `which` is what its watch was begun with. Exit code, or the negative number of the signal
  // that ended it; empty: the kernel tells only others.
  virtual void exited(std::size_t which, std::optional<std::int32_t> returncode) = 0;
  // After one or more exited(), when no more are known for now. Not for what is told before a watch has begun.
  virtual void settled() {}
};

// One wait in progress. To let go of it ends the waiting; its listener may be told once more while that happens.
class ExitWatch {
 public:
  virtual ~ExitWatch() = default;
};

enum class ExitWatchMode : std::uint8_t {
  kLook,  // tell at once if the process has ended, and watch nothing
  kWait,
};

}  // namespace hostscope
