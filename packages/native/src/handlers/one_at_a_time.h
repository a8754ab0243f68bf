// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "dispatch.h"

namespace hostscope {

// Does the work of calls that concern the same thing one after the other, so that a thing that does not answer holds
// one thread, however many ask for it. Those that wait hold none. Thread-safe.
class OneAtATime : public std::enable_shared_from_this<OneAtATime> {
 public:
  // Runs `work` on a worker of `pool` once no other work for `thing` is being done. The call fails at its own deadline;
  // without one, once the thing counts as stuck.
  void run(const Context& context, WorkerPool& pool, const CallPtr& call, const std::string& thing,
           std::function<void()> work);

 private:
  struct Waiting {
    CallPtr call;
    std::function<void()> work;
  };
  using Queue = std::deque<Waiting>;

  // Who is next, if anybody still waits; else nothing is being done for the thing any more.
  std::optional<Waiting> next(const std::string& thing);

  std::mutex mutex_;
  std::unordered_map<std::string, Queue> queues_;  // of the things that a thread is at work on
};

}  // namespace hostscope
