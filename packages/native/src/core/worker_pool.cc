// SPDX-License-Identifier: Apache-2.0
#include "core/worker_pool.h"

#include <algorithm>
#include <system_error>

namespace hostscope {
namespace {

using std::chrono::milliseconds;

// How long close() waits for threads that are at work, and not stuck, to end by themselves.
constexpr milliseconds kCloseGrace{100};

WorkerPoolOptions sane(WorkerPoolOptions options) {
  options.max_threads = std::max<std::size_t>(options.max_threads, 1);
  options.base_threads = std::clamp<std::size_t>(options.base_threads, 1, options.max_threads);
  return options;
}

// The one place where an exception is caught: a container's limit on threads must not end the process.
template <class Main>
bool start_thread(std::thread& thread, Main main) {
  try {
    thread = std::thread(std::move(main));
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace

WorkerPool::WorkerPool(const WorkerPoolOptions& options)
    : options_(sane(options)),
      look_every_(
          std::clamp(std::min(options.field_timeout, options.job_timeout) / 4, milliseconds(5), milliseconds(250))) {}

std::shared_ptr<WorkerPool> WorkerPool::create(const WorkerPoolOptions& options) {
  return std::shared_ptr<WorkerPool>(new WorkerPool(options));
}

void WorkerPool::submit(Job job) { submit(std::make_shared<Job>(std::move(job))); }

void WorkerPool::submit(JobPtr job) {
  std::optional<Status> refused;
  {
    Lock lock(mutex_);
    refused = refusal();
    if (!refused && (!start_supervisor() || (queue_.size() >= idle_ && active() < options_.base_threads &&
                                             !start_worker() && active() == 0))) {
      refused = Status::overloaded("no thread can be started");
    }
    if (!refused) {
      queue_.push_back(job);
      if (idle_ > 0) work_.notify_one();
      if (!looking_) supervision_.notify_one();
      looking_ = true;
    }
  }
  if (refused) job->rejected(std::move(*refused));
}

void WorkerPool::submit_after(milliseconds delay, Job job) {
  const auto shared = std::make_shared<Job>(std::move(job));
  std::optional<Status> refused;
  {
    Lock lock(mutex_);
    if (closed_ || !start_supervisor()) {
      refused = closed_ ? refusal() : Status::overloaded("no thread can be started");
    } else {
      const auto when = Clock::now() + delay;
      timers_.add(when, {[this, shared] { submit(shared); }, [shared] { shared->rejected(Status::closed()); }});
      supervision_.notify_one();
    }
  }
  if (refused) shared->rejected(std::move(*refused));
}

WorkerPool::TimerId WorkerPool::at(Clock::time_point when, std::function<void()> action) {
  Lock lock(mutex_);
  if (closed_ || !start_supervisor()) return {};
  const auto first = timers_.first();
  const auto id = timers_.add(when, {std::move(action)});
  // A supervisor that looks after workers wakes up soon enough for a deadline that is far away.
  if ((!first || when < *first) && !(looking_ && when > Clock::now() + look_every_)) supervision_.notify_one();
  return id;
}

void WorkerPool::cancel(const TimerId& timer) {
  Lock lock(mutex_);
  timers_.remove(timer);
}

void WorkerPool::close() {
  std::deque<JobPtr> queued;
  std::vector<TimerQueue::Timer> timers;
  std::vector<std::thread> ended;
  {
    Lock lock(mutex_);
    if (closed_) return;
    closed_ = true;
    queued.swap(queue_);
    timers = timers_.take_all();
    work_.notify_all();
    supervision_.notify_all();
    exit_.wait_for(lock, kCloseGrace, [this] {
      const auto gone = [](const WorkerPtr& worker) { return worker->exited || worker->stuck; };
      return std::all_of(workers_.begin(), workers_.end(), gone) && (supervisor_exited_ || !supervisor_.joinable());
    });
    for (const auto& worker : workers_) {
      if (worker->exited) {
        ended.push_back(std::move(worker->thread));
      } else {
        worker->thread.detach();
      }
    }
    workers_.clear();
    stuck_ = 0;
    if (supervisor_exited_) {
      ended.push_back(std::move(supervisor_));
    } else if (supervisor_.joinable()) {
      supervisor_.detach();
    }
  }
  for (auto& thread : ended) thread.join();
  for (const auto& job : queued) job->rejected(Status::closed());
  for (const auto& timer : timers) {
    if (timer.dropped) timer.dropped();
  }
}

WorkerPool::Counts WorkerPool::counts() const {
  Lock lock(mutex_);
  return {workers_.size(), stuck_, queue_.size(), timers_.size()};
}

std::optional<Status> WorkerPool::refusal() const {
  if (closed_) return Status::closed();
  if (active() == 0 && workers_.size() >= options_.max_threads) return Status::overloaded(describe_stuck());
  if (queue_.size() >= options_.max_queue) {
    return Status::overloaded(std::to_string(queue_.size()) + " jobs wait for a thread");
  }
  return std::nullopt;
}

std::string WorkerPool::describe_stuck() const {
  constexpr std::size_t kNamed = 4;
  std::string text = "all " + std::to_string(workers_.size()) + " threads are held by what does not answer: ";
  std::size_t named = 0;
  for (const auto& worker : workers_) {
    if (!worker->stuck || named == kNamed) continue;
    if (named++ > 0) text += ", ";
    text += worker->job->op;
    if (worker->target && worker->job->target_name != nullptr) {
      text += " at " + worker->job->target_name(*worker->target);
    }
  }
  if (workers_.size() > named) text += " and " + std::to_string(workers_.size() - named) + " more";
  return text;
}

bool WorkerPool::start_worker() {
  if (workers_.size() >= options_.max_threads) return false;
  const auto worker = std::make_shared<Worker>();
  workers_.push_back(worker);
  const bool started = start_thread(worker->thread, [self = shared_from_this(), worker] {
    Lock lock(self->mutex_);
    self->work(worker, lock);
    worker->exited = true;
    self->exit_.notify_all();
  });
  if (!started) workers_.pop_back();
  return started;
}

bool WorkerPool::start_supervisor() {
  if (supervisor_.joinable()) return true;
  return start_thread(supervisor_, [self = shared_from_this()] {
    Lock lock(self->mutex_);
    self->supervise(lock);
    self->supervisor_exited_ = true;
    self->exit_.notify_all();
  });
}

void WorkerPool::work(const WorkerPtr& me, Lock& lock) {
  ReadGuard guard(me->progress, stuck_targets_);
  while (!closed_) {
    if (queue_.empty()) {
      ++idle_;
      work_.wait(lock);
      --idle_;
      continue;
    }
    JobPtr job = std::move(queue_.front());
    queue_.pop_front();
    me->job = job;
    me->progress.step(0);
    me->seen_at = Clock::now();
    lock.unlock();
    job->run(guard);
    lock.lock();
    me->job.reset();
    const bool abandoned = me->stuck;
    if (abandoned) come_back(me);
    lock.unlock();
    if (!abandoned && job->done) job->done();
    job.reset();
    lock.lock();
    if (abandoned && !closed_ && active() > options_.base_threads) {
      me->thread.detach();
      std::erase(workers_, me);
      return;
    }
  }
}

void WorkerPool::come_back(const WorkerPtr& me) {
  me->stuck = false;
  me->progress.set_abandoned(false);
  if (me->target) stuck_targets_.remove(*me->target);
  me->target.reset();
  if (!closed_) --stuck_;
}

}  // namespace hostscope
