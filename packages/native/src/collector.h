// SPDX-License-Identifier: Apache-2.0
// The seam between the schema and the operating system: one implementation per OS, chosen by binding.gyp's source list.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/cpu.h"
#include "model/memory.h"
#include "model/process.h"
#include "process_reader.h"
#include "roots.h"

namespace hostscope {

// Everything this machine can tell. Methods are const, thread-safe and may block, unless roots_cannot_block().
// To add one: declare it here, answer `unsupported` in unsupported/collector, override it in each OS that has it.
class Collector {
 public:
  virtual ~Collector() = default;

  // Whether reading below the roots is bounded: they are the kernel's own procfs and sysfs, not some other file system.
  virtual bool roots_cannot_block() const = 0;

  // The host as a whole.
  virtual Result<model::CpuSample> cpu_sample() const = 0;
  virtual Result<std::optional<std::uint32_t>> cpu_count() const = 0;       // logical CPUs; empty: not known
  virtual Result<std::optional<std::uint32_t>> cpu_core_count() const = 0;  // physical cores; empty: not known
  virtual Result<model::CpuStats> cpu_stats() const = 0;
  virtual Result<std::vector<model::NumberedFrequency>> cpu_frequencies() const = 0;  // empty: not known
  virtual Result<model::LoadAverage> load_average() const = 0;
  virtual Result<model::VirtualMemory> virtual_memory() const = 0;
  virtual Result<model::SwapMemory> swap_memory() const = 0;
  virtual Result<double> boot_time() const = 0;  // seconds since the epoch

  // Processes; see process_reader.h for how rows are read.
  virtual Result<std::vector<std::int64_t>> pids() const = 0;  // ascending
  virtual Result<bool> pid_exists(std::int64_t pid) const = 0;
  virtual Result<model::ProcessRef> process_ref(std::int64_t pid) const = 0;
  virtual Result<std::unique_ptr<ProcessReader>> process_reader() const = 0;
  // Closes what readers keep open for the next time and did not use for `age`.
  virtual void close_unused(std::chrono::milliseconds age) const = 0;
};

// Each backend folder defines these two.
std::unique_ptr<Collector> make_collector(const Roots& roots);
// As in ErrorDetail.platform, e.g. "linux".
std::string_view platform_name();

}  // namespace hostscope
