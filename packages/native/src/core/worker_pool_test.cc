// sources: core/worker_pool.cc core/worker_pool_supervisor.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "core/worker_pool.h"

#include <atomic>
#include <string>

#include "core/check.h"

using namespace hostscope;
using namespace std::chrono_literals;

namespace {

// What a dead mount does to a thread, until opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return open_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

template <class Condition>
bool eventually(Condition condition) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

constexpr WorkerPoolOptions kQuick{
    .base_threads = 2, .max_threads = 4, .max_queue = 8, .job_timeout = 80ms, .field_timeout = 150ms};

// Counts how a job ended.
struct Ends {
  std::atomic<int> done{0}, stuck{0}, rejected{0};
  std::string why;  // of the last rejection; read it after rejected was seen to change
  std::atomic<std::int64_t> stuck_pid{-1};

  Job job(std::function<void(ReadGuard&)> run) {
    return {.op = "Test.Job",
            .run = std::move(run),
            .done = [this] { ++done; },
            .stuck =
                [this](std::optional<StuckTarget> target) {
                  if (target) stuck_pid = target->pid;
                  ++stuck;
                },
            .rejected =
                [this](Status status) {
                  why = status.message;
                  ++rejected;
                },
            .target_name =
                [](StuckTarget target) {
                  return "pid " + std::to_string(target.pid) + (target.kind == 3 ? " cmdline" : " other");
                }};
  }
};

void test_jobs_run_and_threads_are_bounded() {
  const auto pool = WorkerPool::create(kQuick);
  Ends ends;
  std::atomic<int> at_once{0}, most{0};
  for (int each = 0; each < 8; ++each) {
    pool->submit(ends.job([&](ReadGuard&) {
      const int now = ++at_once;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
      }
      std::this_thread::sleep_for(5ms);
      --at_once;
    }));
  }
  CHECK(eventually([&] { return ends.done == 8; }));
  CHECK(most == 2 && pool->counts().threads == 2);
  pool->close();
  pool->submit(ends.job([](ReadGuard&) {}));
  CHECK(ends.rejected == 1 && ends.done == 8);
}

// Else whoever starts processes whose files hang would take all threads.
void test_a_kind_that_holds_many_threads_is_left_alone() {
  StuckTargets stuck(16);
  for (std::int64_t pid = 1; pid <= 3; ++pid) stuck.add({pid, 7});
  CHECK(stuck.bars({3, 7}) && !stuck.bars({4, 7}));
  stuck.add({4, 7});
  CHECK(stuck.bars({5, 7}) && !stuck.bars({5, 8}));
  for (std::uint8_t kind = 8; kind < 12; ++kind) stuck.add({1, kind});
  CHECK(stuck.bars({5, 8}) && !stuck.bars({5, 6}));
  stuck.remove({4, 7});
  CHECK(!stuck.bars({5, 7}) && !stuck.bars({5, 8}));
}

void test_stuck_thread_is_replaced_and_comes_back() {
  const auto pool = WorkerPool::create(kQuick);
  Ends held, others;
  Gate gate;
  std::atomic<bool> saw_abandoned{false}, entered_again{true};
  for (int each = 0; each < 2; ++each) {
    pool->submit(held.job([&](ReadGuard& guard) {
      CHECK(guard.enter(1, 0) && guard.enter(42, 3));
      gate.pass();
      saw_abandoned = guard.abandoned();
      entered_again = guard.enter(43, 0);
    }));
  }
  // Both base threads are held; this one waits for a replacement.
  pool->submit(others.job([&](ReadGuard& guard) { CHECK(!guard.enter(42, 3) && guard.enter(42, 1)); }));
  CHECK(eventually([&] { return others.done == 1; }));
  CHECK(held.stuck == 2 && held.stuck_pid == 42 && held.done == 0);
  CHECK(pool->stuck_targets().bars({42, 3}) && !pool->stuck_targets().bars({42, 1}));
  CHECK(pool->counts().stuck == 2);

  gate.open();
  CHECK(eventually([&] { return pool->counts().stuck == 0 && pool->counts().threads == 2; }));
  CHECK(saw_abandoned && !entered_again);
  CHECK(!pool->stuck_targets().bars({42, 3}));
  CHECK(held.stuck == 2 && held.done == 0);
  pool->submit(others.job([](ReadGuard& guard) { CHECK(guard.enter(42, 3)); }));
  CHECK(eventually([&] { return others.done == 2; }));
  pool->close();
}

void test_progress_is_not_stuck() {
  const auto pool = WorkerPool::create(kQuick);
  Ends ends;
  Job job = ends.job([](ReadGuard& guard) {
    for (int pid = 1; pid <= 30; ++pid) {
      guard.enter(pid, 0);
      std::this_thread::sleep_for(8ms);
    }
  });
  job.patience = pool->options().field_timeout;
  pool->submit(job);
  CHECK(eventually([&] { return ends.done == 1; }));
  CHECK(ends.stuck == 0);
  pool->close();
}

void test_overload_names_what_holds_the_threads() {
  const auto pool = WorkerPool::create(kQuick);
  Ends held, waiting, refused;
  Gate gate;
  for (int each = 0; each < 4; ++each) {
    pool->submit(held.job([&gate, each](ReadGuard& guard) {
      guard.enter(100 + each, static_cast<std::uint8_t>(each));
      gate.pass();
    }));
  }
  pool->submit(waiting.job([](ReadGuard&) {}));
  CHECK(eventually([&] { return held.stuck == 4 && waiting.rejected == 1; }));
  CHECK(waiting.done == 0);
  pool->submit(refused.job([](ReadGuard&) {}));
  CHECK(refused.rejected == 1);
  CHECK(refused.why.starts_with("all 4 threads are held by what does not answer: Test.Job at pid 10"));
  CHECK(refused.why.find("pid 103 cmdline") != std::string::npos);
  gate.open();
  CHECK(eventually([&] { return pool->counts().stuck == 0; }));
  pool->submit(refused.job([](ReadGuard&) {}));
  CHECK(eventually([&] { return refused.done == 1; }));
  pool->close();
}

void test_queue_is_bounded() {
  const auto pool = WorkerPool::create(kQuick);
  Ends held, flood;
  Gate gate;
  for (int each = 0; each < 2; ++each) pool->submit(held.job([&](ReadGuard&) { gate.pass(); }));
  for (int each = 0; each < 12; ++each) pool->submit(flood.job([](ReadGuard&) {}));
  CHECK(flood.rejected >= 2);
  gate.open();
  CHECK(eventually([&] { return flood.done + flood.rejected == 12; }));
  CHECK(eventually([&] { return pool->counts().stuck == 0; }));
  pool->close();
}

void test_timers() {
  const auto pool = WorkerPool::create(kQuick);
  Ends ends;
  std::atomic<int> order{0}, first{0}, second{0}, never{0};
  const auto now = WorkerPool::Clock::now();
  pool->at(now + 40ms, [&] { second = ++order; });
  pool->at(now + 20ms, [&] { first = ++order; });
  const auto cancelled = pool->at(now + 10ms, [&] { ++never; });
  pool->cancel(cancelled);
  std::atomic<std::int64_t> waited{0};
  pool->submit_after(30ms, ends.job([&](ReadGuard&) { waited = (WorkerPool::Clock::now() - now) / 1ms; }));
  CHECK(pool->counts().threads == 0);
  CHECK(eventually([&] { return second == 2 && ends.done == 1; }));
  CHECK(first == 1 && never == 0 && waited >= 30);
  // Closing rejects what has not begun, at once.
  pool->submit_after(1h, ends.job([](ReadGuard&) {}));
  pool->close();
  CHECK(ends.rejected == 1 && pool->counts().timers == 0);
}

void test_close_leaves_stuck_threads_to_themselves() {
  Ends ends;
  // Outlives the test: its thread does.
  static Gate& gate = *new Gate;
  static std::atomic<bool> came_back{false};
  std::weak_ptr<WorkerPool> gone;
  {
    const auto pool = WorkerPool::create(kQuick);
    gone = pool;
    pool->submit(ends.job([](ReadGuard&) {
      gate.pass();
      came_back = true;
    }));
    CHECK(eventually([&] { return ends.stuck == 1; }));
    const auto start = WorkerPool::Clock::now();
    pool->close();
    pool->close();
    CHECK(WorkerPool::Clock::now() - start < 2s);
  }
  CHECK(!gone.expired());
  gate.open();
  CHECK(eventually([&] { return came_back && gone.expired(); }));
  CHECK(ends.done == 0 && ends.rejected == 0);
}

void test_many_rounds() {
  for (int round = 0; round < 50; ++round) {
    const auto pool = WorkerPool::create(kQuick);
    Ends ends;
    for (int each = 0; each < 8; ++each) pool->submit(ends.job([](ReadGuard& guard) { guard.enter(1, 1); }));
    pool->close();
    CHECK(eventually([&] { return ends.done + ends.rejected == 8; }));
  }
}

}  // namespace

int main() {
  test_jobs_run_and_threads_are_bounded();
  test_a_kind_that_holds_many_threads_is_left_alone();
  test_stuck_thread_is_replaced_and_comes_back();
  test_progress_is_not_stuck();
  test_overload_names_what_holds_the_threads();
  test_queue_is_bounded();
  test_timers();
  test_close_leaves_stuck_threads_to_themselves();
  test_many_rounds();
}
