// SPDX-License-Identifier: Apache-2.0
#include "windows/load_sampler.h"

#include <chrono>
#include <system_error>

#include "core/clock.h"
#include "windows/failure.h"
#include "windows/process_snapshot.h"
#include "windows/win32.h"

namespace hostscope::windows_os {
namespace {

constexpr std::chrono::seconds kInterval{5};

Result<double> waiting_now() {
  const auto snapshot = ProcessSnapshot::take();
  if (!snapshot) return snapshot.status();
  if (!snapshot->tells_states()) return failure("tell which threads wait for a CPU", ERROR_NOT_SUPPORTED);
  return static_cast<double>(waiting_threads(snapshot->entries()));
}

}  // namespace

LoadSampler::~LoadSampler() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<std::optional<model::LoadAverage>> LoadSampler::averages() {
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable()) {
    const auto waiting = waiting_now();
    if (!waiting) return waiting.status();
    load_.add(*waiting, core::monotonic_ns());
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
      return Status::overloaded("no more threads can be started");
    }
  }
  return load_.averages();
}

void LoadSampler::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kInterval, [this] { return ends_; })) {
    lock.unlock();
    const auto waiting = waiting_now();
    lock.lock();
    // One that fails is left out: the next counts for its time, too.
    if (waiting) load_.add(*waiting, core::monotonic_ns());
  }
}

}  // namespace hostscope::windows_os
