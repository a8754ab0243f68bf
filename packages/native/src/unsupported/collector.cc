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
Result<std::optional<model::LoadAverage>> UnsupportedCollector::load_average() const { return unsupported(); }
Result<model::VirtualMemory> UnsupportedCollector::virtual_memory() const { return unsupported(); }
Result<model::SwapMemory> UnsupportedCollector::swap_memory() const { return unsupported(); }
Result<double> UnsupportedCollector::boot_time() const { return unsupported(); }

// Disks.
Result<std::vector<model::DiskPartition>> UnsupportedCollector::disk_partitions(bool) const { return unsupported(); }
Result<model::DiskUsage> UnsupportedCollector::disk_usage(const std::string&) const { return unsupported(); }
Result<std::vector<model::NamedCounters>> UnsupportedCollector::disk_counters() const { return unsupported(); }

// Network interfaces.
Result<std::vector<model::NamedCounters>> UnsupportedCollector::net_counters() const { return unsupported(); }
Result<std::vector<model::NetIfAddrs>> UnsupportedCollector::net_if_addrs() const { return unsupported(); }
Result<std::vector<model::NetIfStats>> UnsupportedCollector::net_if_stats() const { return unsupported(); }

// Sockets.
Result<std::shared_ptr<const SocketList>> UnsupportedCollector::socket_list(gen::ConnectionKind, ReadGuard&) const {
  return unsupported();
}

// The host and its users.
Result<model::HostInfo> UnsupportedCollector::host_info() const { return unsupported(); }
Result<std::vector<model::User>> UnsupportedCollector::users() const { return unsupported(); }

// Sensors.
Result<std::vector<model::TemperatureChip>> UnsupportedCollector::temperatures(ReadGuard&) const {
  return unsupported();
}
Result<std::vector<model::FanChip>> UnsupportedCollector::fans(ReadGuard&) const { return unsupported(); }
Result<std::vector<model::Battery>> UnsupportedCollector::batteries(ReadGuard&) const { return unsupported(); }

// Control groups and pressure.
Result<std::optional<std::int64_t>> UnsupportedCollector::own_pid() const { return unsupported(); }
Result<std::optional<std::uint64_t>> UnsupportedCollector::max_pids() const { return unsupported(); }
Result<std::optional<model::CgroupLimits>> UnsupportedCollector::cgroup_limits(const model::ProcessCgroup&) const {
  return unsupported();
}
Result<model::Pressure> UnsupportedCollector::pressure() const { return unsupported(); }
Result<model::Pressure> UnsupportedCollector::cgroup_pressure(const model::ProcessCgroup&) const {
  return unsupported();
}

// Families and limits of processes.

Result<std::shared_ptr<ExitWatch>> UnsupportedCollector::watch_exit(const gen::ProcessRef&, ExitWatchMode, std::size_t,
                                                                    std::shared_ptr<ExitListener>) const {
  return unsupported();
}

// Control.
Result<std::unique_ptr<HeldProcess>> UnsupportedCollector::hold_process(const gen::ProcessRef&) const {
  return unsupported();
}
Result<model::KilledTree> UnsupportedCollector::kill_tree(const gen::ProcessRef&, bool, const model::Patience&) const {
  return unsupported();
}
Result<std::vector<model::ControlTarget>> UnsupportedCollector::reap(const gen::ProcessRef&, bool,
                                                                     std::chrono::steady_clock::time_point,
                                                                     const model::Patience&) const {
  return unsupported();
}

// Processes.
Result<std::vector<std::int64_t>> UnsupportedCollector::pids() const { return unsupported(); }
Result<bool> UnsupportedCollector::pid_exists(std::int64_t) const { return unsupported(); }
Result<model::ProcessRef> UnsupportedCollector::process_ref(std::int64_t) const { return unsupported(); }
Result<std::unique_ptr<ProcessReader>> UnsupportedCollector::process_reader() const { return unsupported(); }

}  // namespace hostscope
