// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/unique_fd.h"
#include "linux/linux_process_reader.h"
#include "linux/proc_file.h"
#include "unsupported/collector.h"

namespace hostscope::linux_os {

// Reads procfs and sysfs below the given roots. What Linux has not is left to the unsupported backend.
class LinuxCollector : public UnsupportedCollector {
 public:
  explicit LinuxCollector(const Roots& roots);

  bool roots_cannot_block() const override { return cannot_block_; }

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
  void close_unused(std::chrono::milliseconds age) const override;

 private:
  // A file of the procfs root, in the reader's buffer.
  Result<std::string_view> read_proc(FileReader& reader, const char* name) const;

  const std::shared_ptr<ProcessContext> context_;
  const UniqueFd sys_;  // the sysfs root
  const bool procfs_;   // the procfs root is the kernel's own, not some other file system
  const bool cannot_block_;
};

}  // namespace hostscope::linux_os
