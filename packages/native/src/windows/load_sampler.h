// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/result.h"
#include "model/decaying_load.h"

namespace hostscope::windows_os {

// Threads that are ready to run and have no CPU, averaged: what the performance counter Processor Queue Length counts.
// Windows keeps no averages, so they are sampled from the first question on, every 5 seconds.
class LoadSampler {
 public:
  ~LoadSampler();

  // Begins to sample. Empty until that was done for 5 seconds; fails where the states of threads are not told.
  Result<std::optional<model::LoadAverage>> averages();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool ends_ = false;
  model::DecayingLoad load_;
  std::thread thread_;
};

}  // namespace hostscope::windows_os
