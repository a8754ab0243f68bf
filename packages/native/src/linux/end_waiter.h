// SPDX-License-Identifier: Apache-2.0
// Waits for the ends of many processes without looking at each again and again.
#pragma once

#include <chrono>
#include <vector>

#include "core/unique_fd.h"
#include "linux/process_tree.h"

namespace hostscope::linux_os {

class EndWaiter {
 public:
  explicit EndWaiter(ProcessTree& tree);

  // Waits for this member too, unless it has ended. By its index.
  void add(std::size_t member);
  // Gives back as soon as some have ended, else at `until`; notes of each whether it has.
  void wait(std::chrono::steady_clock::time_point until);
  bool all_have_ended() const { return waiting_ == 0; }

 private:
  void look_at_others();

  ProcessTree& tree_;
  const UniqueFd events_;            // epoll
  std::vector<std::size_t> others_;  // without a pidfd: to be looked at
  std::size_t waiting_ = 0;
};

}  // namespace hostscope::linux_os
