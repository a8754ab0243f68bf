// SPDX-License-Identifier: Apache-2.0
#include "handlers/one_at_a_time.h"

#include <utility>

namespace hostscope {

void OneAtATime::run(const Context& context, WorkerPool& pool, const CallPtr& call, const std::string& thing,
                     std::function<void()> work) {
  if (!call->deadline()) {
    fail_at(*context.pool, call, Call::Clock::now() + context.pool->options().job_timeout,
            "the system does not answer");
  }
  Waiting first{call, std::move(work)};
  {
    std::lock_guard lock(mutex_);
    const auto [queue, is_free] = queues_.try_emplace(thing);
    if (!is_free) {
      // Whoever gave up meanwhile need not be remembered, for the thing may never answer.
      std::erase_if(queue->second, [](const Waiting& waiting) { return waiting.call->cancelled(); });
      queue->second.push_back(std::move(first));
      return;
    }
  }
  Job job{
      .op = call->info().name,
      .run =
          [self = shared_from_this(), thing, first = std::move(first)](ReadGuard&) {
            std::optional<Waiting> now = first;
            do {
              if (!now->call->cancelled()) now->work();
            } while ((now = self->next(thing)));
          },
      // The call goes on waiting until its deadline: run() ends it if there is an answer before.
      .stuck = [](std::optional<StuckTarget>) {},
      .rejected =
          [self = shared_from_this(), thing, call](Status status) {
            call->fail(status);
            while (const auto waiting = self->next(thing)) waiting->call->fail(status);
          },
  };
  pool.submit(std::move(job));
}

std::optional<OneAtATime::Waiting> OneAtATime::next(const std::string& thing) {
  std::lock_guard lock(mutex_);
  const auto queue = queues_.find(thing);
  if (queue->second.empty()) {
    queues_.erase(queue);
    return std::nullopt;
  }
  auto waiting = std::move(queue->second.front());
  queue->second.pop_front();
  return waiting;
}

}  // namespace hostscope
