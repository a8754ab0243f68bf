// SPDX-License-Identifier: Apache-2.0
#include "unsupported/collector.h"

namespace hostscope {
namespace {

// The call adds which method it was.
Status unsupported() { return Status::unsupported("", platform_name()); }

}  // namespace

Result<model::CpuSample> UnsupportedCollector::cpu_sample() const { return unsupported(); }
Result<std::optional<std::uint32_t>> UnsupportedCollector::cpu_count() const { return unsupported(); }
Result<std::optional<std::uint32_t>> UnsupportedCollector::cpu_core_count() const { return unsupported(); }
Result<model::CpuStats> UnsupportedCollector::cpu_stats() const { return unsupported(); }
Result<std::vector<model::NumberedFrequency>> UnsupportedCollector::cpu_frequencies() const { return unsupported(); }
Result<model::LoadAverage> UnsupportedCollector::load_average() const { return unsupported(); }
Result<model::VirtualMemory> UnsupportedCollector::virtual_memory() const { return unsupported(); }
Result<model::SwapMemory> UnsupportedCollector::swap_memory() const { return unsupported(); }
Result<double> UnsupportedCollector::boot_time() const { return unsupported(); }

Result<std::vector<std::int64_t>> UnsupportedCollector::pids() const { return unsupported(); }
Result<bool> UnsupportedCollector::pid_exists(std::int64_t) const { return unsupported(); }
Result<model::ProcessRef> UnsupportedCollector::process_ref(std::int64_t) const { return unsupported(); }
Result<std::unique_ptr<ProcessReader>> UnsupportedCollector::process_reader() const { return unsupported(); }

}  // namespace hostscope
