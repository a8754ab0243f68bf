// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../collector.h"  // "collector.h" would be this very file

namespace hostscope {

// Has nothing. Every OS derives from it and overrides what it has, so that a new method needs no change to an OS that
// lacks it.
class UnsupportedCollector : public Collector {
 public:
  bool roots_cannot_block() const override { return true; }

  Result<model::CpuSample> cpu_sample() const override;
  Result<std::optional<std::uint32_t>> cpu_count() const override;
  Result<std::optional<std::uint32_t>> cpu_core_count() const override;
  Result<model::CpuStats> cpu_stats() const override;
  Result<std::vector<model::NumberedFrequency>> cpu_frequencies() const override;
  Result<model::LoadAverage> load_average() const override;
  Result<model::VirtualMemory> virtual_memory() const override;
  Result<model::SwapMemory> swap_memory() const override;
  Result<double> boot_time() const override;

  Result<std::vector<std::int64_t>> pids() const override;
  Result<bool> pid_exists(std::int64_t pid) const override;
  Result<model::ProcessRef> process_ref(std::int64_t pid) const override;
  Result<std::unique_ptr<ProcessReader>> process_reader() const override;
  void close_unused(std::chrono::milliseconds) const override {}
};

}  // namespace hostscope
