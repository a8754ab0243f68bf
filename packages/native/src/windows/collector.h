// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "unsupported/collector.h"
#include "windows/load_sampler.h"
#include "windows/process_context.h"
#include "windows/service_manager.h"
#include "windows/sockets.h"

namespace hostscope::windows_os {

// Asks Windows by its own calls. What Windows has not is left to the unsupported backend.
class WindowsCollector : public UnsupportedCollector {
 public:
  explicit WindowsCollector(std::vector<std::string> protected_names);

  Result<model::CpuSample> cpu_sample() const override;
  Result<std::optional<std::uint32_t>> cpu_count() const override;
  Result<std::optional<std::uint32_t>> cpu_core_count() const override;
  Result<model::CpuStats> cpu_stats() const override;
  Result<std::vector<model::NumberedFrequency>> cpu_frequencies() const override;
  Result<std::optional<model::LoadAverage>> load_average() const override;
  Result<model::VirtualMemory> virtual_memory() const override;
  Result<model::SwapMemory> swap_memory() const override;
  Result<double> boot_time() const override;

  // Disks.
  bool is_absolute(std::string_view path) const override;
  Result<std::vector<model::DiskPartition>> disk_partitions(bool all) const override;
  Result<model::DiskUsage> disk_usage(const std::string& path) const override;
  Result<std::vector<model::NamedCounters>> disk_counters() const override;

  // Network interfaces.
  Result<std::vector<model::NamedCounters>> net_counters() const override;
  Result<std::vector<model::NetIfAddrs>> net_if_addrs() const override;
  Result<std::vector<model::NetIfStats>> net_if_stats() const override;

  // Sockets.
  Result<std::shared_ptr<const SocketList>> socket_list(gen::ConnectionKind kind, ReadGuard& guard) const override;
  std::shared_ptr<SharedSockets> shared_sockets(gen::ConnectionKind kind) const override;

  // The host and its users.
  Result<model::HostInfo> host_info() const override;
  Result<std::vector<model::User>> users() const override;
  bool supports(gen::Method method) const override;

  // Sensors.
  Result<std::vector<model::Battery>> batteries(ReadGuard& guard) const override;

  const WinServices* win_services() const override { return &services_; }

  Result<model::JobLimits> job_limits(const std::optional<gen::ProcessRef>& ref) const override;

  // Processes.
  Result<std::optional<std::int64_t>> own_pid() const override;
  Result<std::vector<std::int64_t>> pids() const override;
  Result<bool> pid_exists(std::int64_t pid) const override;
  Result<model::ProcessRef> process_ref(std::int64_t pid) const override;
  Result<std::unique_ptr<ProcessReader>> process_reader() const override;
  model::AttributeSet process_attributes() const override;
  Result<std::shared_ptr<ExitWatch>> watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode, std::size_t which,
                                                std::shared_ptr<ExitListener> listener) const override;
  void close_unused(std::chrono::milliseconds age) const override;

  // Control.
  bool judges_targets() const override { return true; }
  Result<std::unique_ptr<HeldProcess>> hold_process(const gen::ProcessRef& ref) const override;
  Result<model::KilledTree> kill_tree(const gen::ProcessRef& root, bool keep_root,
                                      const model::Patience& patience) const override;
  Result<std::vector<model::ControlTarget>> reap(const gen::ProcessRef& root, bool recursive,
                                                 std::chrono::steady_clock::time_point kill_at,
                                                 const model::Patience& patience) const override;

 private:
  const std::shared_ptr<ProcessContext> context_;
  const ServiceManager services_;
  mutable LoadSampler load_;
};

}  // namespace hostscope::windows_os
