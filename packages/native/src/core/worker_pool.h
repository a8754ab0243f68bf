// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/read_guard.h"
#include "core/status.h"
#include "core/stuck_targets.h"
#include "core/timer_queue.h"

namespace hostscope {

// One piece of work that may block. Exactly one of done, stuck and rejected is called.
struct Job {
  std::string_view op;  // what it is for, e.g. "Process.List"; a constant
  // On a worker. Must touch only data of its own (or thread-safe data): it may still run after stuck() was called.
  std::function<void(ReadGuard&)> run;
  // On the same worker after run(). May be left out.
  std::function<void()> done = {};
  // On the supervisor: no progress for as long as `patience`. The target is what the guard last entered, and is in
  // stuck_targets() until the thread comes back. Whatever run() makes from now on is dropped. Must be brief.
  std::function<void(std::optional<StuckTarget>)> stuck;
  // The job will never run: too many threads are stuck (kOverloaded) or the pool is closed (kUnavailable). On the
  // thread that submits, the supervisor or the thread that closes.
  std::function<void(Status)> rejected;
  // Absent: WorkerPoolOptions::job_timeout. A job that enters a target for each read wants field_timeout.
  std::optional<std::chrono::milliseconds> patience = {};
  // Names what the guard enters, e.g. "pid 4711 cmdline", for messages.
  std::string (*target_name)(StuckTarget target) = nullptr;
};

struct WorkerPoolOptions {
  std::size_t base_threads = 4;  // at most so many work at once
  std::size_t max_threads = 16;  // including those that are stuck
  std::size_t max_queue = 4096;
  std::chrono::milliseconds job_timeout{5000};
  std::chrono::milliseconds field_timeout{1000};
};

// Threads of our own for what may block: Node's four serve DNS and the file system, and one dead mount would take one
// for good. A worker that makes no progress is counted as stuck and replaced, up to max_threads; when it comes back it
// is counted in again. Threads start when they are first needed and keep the pool alive until close(), which its owner
// must call.
class WorkerPool : public std::enable_shared_from_this<WorkerPool> {
 public:
  using Clock = TimerQueue::Clock;
  using TimerId = TimerQueue::Id;

  static std::shared_ptr<WorkerPool> create(const WorkerPoolOptions& options);

  const WorkerPoolOptions& options() const { return options_; }
  const StuckTargets& stuck_targets() const { return stuck_targets_; }

  void submit(Job job);
  // Waits on the supervisor, so that measuring over an interval holds no worker.
  void submit_after(std::chrono::milliseconds delay, Job job);
  // Runs `action` on the supervisor; it must be brief. Dropped if the pool is closed first.
  TimerId at(Clock::time_point when, std::function<void()> action);
  void cancel(const TimerId& timer);

  // Rejects what waits, joins the threads that end soon and leaves stuck ones to themselves. May be called again, but
  // not from a thread of the pool.
  void close();

  struct Counts {
    std::size_t threads, stuck, queued, timers;
  };
  Counts counts() const;

 private:
  using JobPtr = std::shared_ptr<Job>;
  using Lock = std::unique_lock<std::mutex>;

  struct Worker {
    std::thread thread;
    ReadProgress progress;
    JobPtr job;  // while it may get stuck on it
    bool stuck = false;
    bool exited = false;
    std::optional<StuckTarget> target;  // while stuck
    std::uint64_t seen = 0;             // the progress at the supervisor's last look
    Clock::time_point seen_at = {};     // when that progress was new
  };
  using WorkerPtr = std::shared_ptr<Worker>;

  explicit WorkerPool(const WorkerPoolOptions& options);

  void submit(JobPtr job);
  // The following need the lock; those that are given it let go of it while they call out.
  std::size_t active() const { return workers_.size() - stuck_; }
  std::optional<Status> refusal() const;
  std::string describe_stuck() const;
  bool start_worker();
  bool start_supervisor();
  void work(const WorkerPtr& me, Lock& lock);
  void come_back(const WorkerPtr& me);
  void supervise(Lock& lock);
  void run_due_timers(Lock& lock);
  void look_after_workers(Lock& lock, bool overslept);

  const WorkerPoolOptions options_;
  const std::chrono::milliseconds look_every_;
  StuckTargets stuck_targets_{options_.max_threads};

  mutable std::mutex mutex_;
  std::condition_variable work_;         // for workers: something is queued, or the pool is closed
  std::condition_variable supervision_;  // for the supervisor: something is earlier than it knows
  std::condition_variable exit_;         // for close(): a thread has exited
  std::deque<JobPtr> queue_;
  TimerQueue timers_;
  std::vector<WorkerPtr> workers_;
  std::size_t idle_ = 0;
  std::size_t stuck_ = 0;
  std::thread supervisor_;
  bool supervisor_exited_ = false;
  bool looking_ = false;  // the supervisor wakes up regularly
  bool closed_ = false;
};

}  // namespace hostscope
