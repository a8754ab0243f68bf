// SPDX-License-Identifier: Apache-2.0
// The supervisor's half of the pool: timers, and threads that do not come back.
#include <algorithm>

#include "core/worker_pool.h"

namespace hostscope {

void WorkerPool::supervise(Lock& lock) {
  while (!closed_) {
    auto wake = timers_.first();
    const bool busy = [this] {
      const auto at_work = [](const WorkerPtr& worker) { return worker->job != nullptr && !worker->stuck; };
      return !queue_.empty() || std::any_of(workers_.begin(), workers_.end(), at_work);
    }();
    looking_ = busy;
    if (busy) {
      const auto look = Clock::now() + look_every_;
      if (!wake || look < *wake) wake = look;
    }
    if (wake) {
      supervision_.wait_until(lock, *wake);
    } else {
      supervision_.wait(lock);
    }
    if (closed_) return;
    // If this thread was kept from running, so were the others: nobody is to blame for the time.
    const bool overslept = wake && Clock::now() > *wake + look_every_;
    run_due_timers(lock);
    if (!closed_) look_after_workers(lock, overslept);
  }
}

void WorkerPool::run_due_timers(Lock& lock) {
  const auto now = Clock::now();
  while (auto timer = timers_.take_due(now)) {
    lock.unlock();
    timer->action();
    timer.reset();
    lock.lock();
  }
}

void WorkerPool::look_after_workers(Lock& lock, bool overslept) {
  const auto now = Clock::now();
  std::vector<std::pair<JobPtr, std::optional<StuckTarget>>> abandoned;
  for (const auto& worker : workers_) {
    if (worker->job == nullptr || worker->stuck) continue;
    const auto progress = worker->progress.load();
    if (progress != worker->seen || overslept) {
      worker->seen = progress;
      worker->seen_at = now;
      continue;
    }
    if (now - worker->seen_at < worker->job->patience.value_or(options_.job_timeout)) continue;
    worker->stuck = true;
    ++stuck_;
    worker->progress.set_abandoned(true);
    worker->target = ReadProgress::target(progress);
    if (worker->target) stuck_targets_.add(*worker->target);
    abandoned.emplace_back(worker->job, worker->target);
  }
  if (abandoned.empty()) return;

  for (std::size_t wanted = std::min(queue_.size(), abandoned.size()); wanted > 0 && start_worker(); --wanted) {
  }
  std::deque<JobPtr> hopeless;
  std::optional<Status> refused;
  if (active() == 0 && !queue_.empty()) {
    refused = Status::overloaded(describe_stuck());
    hopeless.swap(queue_);
  }
  lock.unlock();
  for (const auto& [job, target] : abandoned) job->stuck(target);
  for (const auto& job : hopeless) job->rejected(*refused);
  abandoned.clear();
  hopeless.clear();
  lock.lock();
}

}  // namespace hostscope
