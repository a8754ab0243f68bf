// SPDX-License-Identifier: Apache-2.0
// The seam between the schema and the operating system: one implementation per OS, chosen by binding.gyp's source list.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "exit_watch.h"
#include "gen/common.gen.h"
#include "gen/methods.gen.h"
#include "held_process.h"
#include "model/counters.h"
#include "model/cpu.h"
#include "model/disk.h"
#include "model/host.h"
#include "model/limits.h"
#include "model/memory.h"
#include "model/network.h"
#include "model/pressure.h"
#include "model/process.h"
#include "model/process_tree.h"
#include "model/sensors.h"
#include "process_reader.h"
#include "roots.h"
#include "socket_list.h"
#include "win_services.h"

namespace hostscope {

// Everything this machine can tell. Methods are const, thread-safe and may block, unless roots_cannot_block().
// To add one: declare it here, answer `unsupported` in unsupported/collector, override it in each OS that has it.
class Collector {
 public:
  virtual ~Collector() = default;

  // Whether reading below the roots is bounded: they are the kernel's own procfs and sysfs, not some other file system.
  virtual bool roots_cannot_block() const = 0;

  // Whether acting on a pid acts on the process that is shown under it. If not, nothing may.
  virtual bool controls_processes() const = 0;

  // The host as a whole.
  virtual Result<model::CpuSample> cpu_sample() const = 0;
  virtual Result<std::optional<std::uint32_t>> cpu_count() const = 0;       // logical CPUs; empty: not known
  virtual Result<std::optional<std::uint32_t>> cpu_core_count() const = 0;  // physical cores; empty: not known
  virtual Result<model::CpuStats> cpu_stats() const = 0;
  virtual Result<std::vector<model::NumberedFrequency>> cpu_frequencies() const = 0;  // empty: not known
  virtual Result<std::optional<model::LoadAverage>> load_average() const = 0;         // empty: not yet
  virtual Result<model::VirtualMemory> virtual_memory() const = 0;
  virtual Result<model::SwapMemory> swap_memory() const = 0;
  virtual Result<double> boot_time() const = 0;  // seconds since the epoch

  // Disks.
  virtual bool is_absolute(std::string_view path) const = 0;
  virtual Result<std::vector<model::DiskPartition>> disk_partitions(bool all) const = 0;
  virtual Result<model::DiskUsage> disk_usage(const std::string& path) const = 0;  // may block for ever
  virtual Result<std::vector<model::NamedCounters>> disk_counters() const = 0;     // model::DiskCounter

  // Network interfaces.
  virtual Result<std::vector<model::NamedCounters>> net_counters() const = 0;  // model::NetCounter
  virtual Result<std::vector<model::NetIfAddrs>> net_if_addrs() const = 0;
  virtual Result<std::vector<model::NetIfStats>> net_if_stats() const = 0;

  // Sockets.
  virtual Result<std::shared_ptr<const SocketList>> socket_list(gen::ConnectionKind kind, ReadGuard& guard) const = 0;
  // For ProcessQuery: reads nothing yet.
  virtual std::shared_ptr<SharedSockets> shared_sockets(gen::ConnectionKind kind) const = 0;

  // The host and its users.
  virtual Result<model::HostInfo> host_info() const = 0;
  virtual Result<std::vector<model::User>> users() const = 0;
  // Whether this platform has what the method is about; without a handler it answers UNIMPLEMENTED all the same.
  virtual bool supports(gen::Method method) const = 0;

  // Sensors. What the guard does not let enter is left out.
  virtual Result<std::vector<model::TemperatureChip>> temperatures(ReadGuard& guard) const = 0;
  virtual Result<std::vector<model::FanChip>> fans(ReadGuard& guard) const = 0;
  virtual Result<std::vector<model::Battery>> batteries(ReadGuard& guard) const = 0;

  // Windows services; null where there are none.
  virtual const WinServices* win_services() const = 0;

  // Control groups and pressure.
  virtual Result<std::optional<std::int64_t>> own_pid() const = 0;    // among the processes seen; empty: not there
  virtual Result<std::optional<std::uint64_t>> max_pids() const = 0;  // of the host; empty: not known
  // Empty if the agent cannot see that group.
  virtual Result<std::optional<model::CgroupLimits>> cgroup_limits(const model::ProcessCgroup& group) const = 0;
  // Of the job that the process asked for, else this one, is in. No limits where there are no jobs.
  virtual Result<model::JobLimits> job_limits(const std::optional<gen::ProcessRef>&) const {
    return model::JobLimits();
  }
  virtual Result<model::Pressure> pressure() const = 0;  // of the host; without what is not counted
  virtual Result<model::Pressure> cgroup_pressure(const model::ProcessCgroup& group) const = 0;

  // Processes; see process_reader.h for how rows are read.
  virtual Result<std::vector<std::int64_t>> pids() const = 0;  // ascending
  virtual Result<bool> pid_exists(std::int64_t pid) const = 0;
  virtual Result<model::ProcessRef> process_ref(std::int64_t pid) const = 0;
  virtual Result<std::unique_ptr<ProcessReader>> process_reader() const = 0;
  virtual model::AttributeSet process_attributes() const = 0;  // those that can have a value
  // Families and limits of processes.

  // Tells `listener` when the process that the ref names has ended: before it returns if it has, else later. Who is
  // gone has ended, too. Null if there is nothing to watch (any more).
  virtual Result<std::shared_ptr<ExitWatch>> watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode,
                                                        std::size_t which,
                                                        std::shared_ptr<ExitListener> listener) const = 0;

  // Control. Whether conditions on the processes that a caller may meet can be judged here; if not, he may meet none.
  virtual bool judges_targets() const { return false; }
  // Verifies the ref and holds that very process.
  virtual Result<std::unique_ptr<HeldProcess>> hold_process(const gen::ProcessRef& ref) const = 0;
  // Ends it and all that descends from it, or the latter alone. May take as long as the patience, and longer.
  virtual Result<model::KilledTree> kill_tree(const gen::ProcessRef& root, bool keep_root,
                                              const model::Patience& patience) const = 0;
  // Asks its children, or all that descends from it, to end; by force those that are left at `kill_at`.
  virtual Result<std::vector<model::ControlTarget>> reap(const gen::ProcessRef& root, bool recursive,
                                                         std::chrono::steady_clock::time_point kill_at,
                                                         const model::Patience& patience) const = 0;

  // Closes what readers keep open for the next time and did not use for `age`.
  virtual void close_unused(std::chrono::milliseconds age) const = 0;
};

// Each backend folder defines these two.
// `protected_names`: of processes that no call may signal.
std::unique_ptr<Collector> make_collector(const Roots& roots, std::vector<std::string> protected_names = {});
// As in ErrorDetail.platform, e.g. "linux".
std::string_view platform_name();

}  // namespace hostscope
