// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/system_watch.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_SYSTEM_WATCH_H_
#define HOSTSCOPE_GEN_SYSTEM_WATCH_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/cpu.gen.h"
#include "gen/disk.gen.h"
#include "gen/error.gen.h"
#include "gen/memory.gen.h"
#include "gen/network.gen.h"
#include "gen/watch_pace.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Names the metrics of SystemWatchResponse; each number equals the number of the field of the same name.
enum class SystemMetric : int32_t {
  // Not a metric; refused in requests.
  kUnspecified = 0,
  // SystemWatchResponse.cpu_times.
  kCpuTimes = 10,
  // SystemWatchResponse.cpu_percent.
  kCpuPercent = 11,
  // SystemWatchResponse.cpu_times_percent.
  kCpuTimesPercent = 12,
  // SystemWatchResponse.cpu_count.
  kCpuCount = 13,
  // SystemWatchResponse.cpu_stats.
  kCpuStats = 14,
  // SystemWatchResponse.cpu_freq.
  kCpuFreq = 15,
  // SystemWatchResponse.getloadavg.
  kGetloadavg = 16,
  // SystemWatchResponse.virtual_memory.
  kVirtualMemory = 17,
  // SystemWatchResponse.swap_memory.
  kSwapMemory = 18,
  // SystemWatchResponse.disk_partitions.
  kDiskPartitions = 19,
  // SystemWatchResponse.disk_usage.
  kDiskUsage = 20,
  // SystemWatchResponse.disk_io_counters.
  kDiskIoCounters = 21,
  // SystemWatchResponse.net_io_counters.
  kNetIoCounters = 22,
  // SystemWatchResponse.net_if_addrs.
  kNetIfAddrs = 23,
  // SystemWatchResponse.net_if_stats.
  kNetIfStats = 24,
  // SystemWatchResponse.boot_time.
  kBootTime = 25,
};

// Whether this version of the schema has the value.
constexpr bool is_known(SystemMetric value) {
  switch (value) {
    case SystemMetric::kUnspecified:
    case SystemMetric::kCpuTimes:
    case SystemMetric::kCpuPercent:
    case SystemMetric::kCpuTimesPercent:
    case SystemMetric::kCpuCount:
    case SystemMetric::kCpuStats:
    case SystemMetric::kCpuFreq:
    case SystemMetric::kGetloadavg:
    case SystemMetric::kVirtualMemory:
    case SystemMetric::kSwapMemory:
    case SystemMetric::kDiskPartitions:
    case SystemMetric::kDiskUsage:
    case SystemMetric::kDiskIoCounters:
    case SystemMetric::kNetIoCounters:
    case SystemMetric::kNetIfAddrs:
    case SystemMetric::kNetIfStats:
    case SystemMetric::kBootTime:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(SystemMetric value) {
  switch (value) {
    case SystemMetric::kUnspecified:
      return "unspecified";
    case SystemMetric::kCpuTimes:
      return "cpu_times";
    case SystemMetric::kCpuPercent:
      return "cpu_percent";
    case SystemMetric::kCpuTimesPercent:
      return "cpu_times_percent";
    case SystemMetric::kCpuCount:
      return "cpu_count";
    case SystemMetric::kCpuStats:
      return "cpu_stats";
    case SystemMetric::kCpuFreq:
      return "cpu_freq";
    case SystemMetric::kGetloadavg:
      return "getloadavg";
    case SystemMetric::kVirtualMemory:
      return "virtual_memory";
    case SystemMetric::kSwapMemory:
      return "swap_memory";
    case SystemMetric::kDiskPartitions:
      return "disk_partitions";
    case SystemMetric::kDiskUsage:
      return "disk_usage";
    case SystemMetric::kDiskIoCounters:
      return "disk_io_counters";
    case SystemMetric::kNetIoCounters:
      return "net_io_counters";
    case SystemMetric::kNetIfAddrs:
      return "net_if_addrs";
    case SystemMetric::kNetIfStats:
      return "net_if_stats";
    case SystemMetric::kBootTime:
      return "boot_time";
  }
  return "unspecified";
}

class SystemWatchRequestWriter;
class SystemMetricFailureWriter;
class CpuTimesWatchWriter;
class CpuPercentWatchWriter;
class CpuTimesPercentWatchWriter;
class CpuStatsWatchWriter;
class CpuFreqWatchWriter;
class SwapMemoryWatchWriter;
class DiskPartitionsWatchWriter;
class MountUsageWriter;
class DiskUsageWatchWriter;
class DiskIoRatesWriter;
class DiskIoActivityWriter;
class DiskIoWatchWriter;
class NetIoRatesWriter;
class NetIoActivityWriter;
class NetIoWatchWriter;
class NetIfAddrsWatchWriter;
class NetIfStatsWatchWriter;
class SystemWatchResponseWriter;

// Request of System.Watch. Watchers that ask for the same share one collection.
class SystemWatchRequestWriter {
 public:
  explicit SystemWatchRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Metrics to follow, one at least. INVALID_ARGUMENT for a number that is no metric; duplicates are harmless.
  void metrics(std::span<const SystemMetric> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<SystemMetric>);
  }

  // Seconds from one collection to the next, 0.25 to 3,600. Default 1.
  void interval(double value) { writer_.put_double<2>(value); }

  // Whether CPU metrics list each CPU too.
  void percpu(bool value) {
    if (value) writer_.put_bool<3>(value);
  }

  // Whether disk_io_counters lists each device too.
  void perdisk(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

  // Whether net_io_counters lists each interface too.
  void pernic(bool value) {
    if (value) writer_.put_bool<5>(value);
  }

  // Whether disk_partitions and disk_usage tell of virtual and network file systems too.
  void all_partitions(bool value) {
    if (value) writer_.put_bool<6>(value);
  }

 private:
  wire::Writer& writer_;
};

// A metric that was asked for and cannot be read.
class SystemMetricFailureWriter {
 public:
  explicit SystemMetricFailureWriter(wire::Writer& writer) : writer_(writer) {}

  // Which.
  void metric(SystemMetric value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Why.
  void reason(ErrorReason value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The operating system's error number, where one was given.
  void os_error(int32_t value) { writer_.put_int32<3>(value); }

 private:
  wire::Writer& writer_;
};

// CPU time since boot.
class CpuTimesWatchWriter {
 public:
  explicit CpuTimesWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // All CPUs together.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<1, CpuTimesWriter>(std::forward<Fill>(fill));
  }

  // Each online CPU, ascending by number, if percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<2, CpuTimesWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Use of the CPUs since the collection before; in the first message over 0.1 seconds.
class CpuPercentWatchWriter {
 public:
  explicit CpuPercentWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Seconds measured over.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // All CPUs together, 0 to 100. Absent if no counter moved.
  void percent(double value) { writer_.put_double<2>(value); }

  // Each CPU, as in CpuPercentResponse, if percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<3, CpuPercentWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Shares of CPU time since the collection before; in the first message over 0.1 seconds.
class CpuTimesPercentWatchWriter {
 public:
  explicit CpuTimesPercentWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Seconds measured over.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // All CPUs together. Absent if no counter moved.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<2, CpuTimesPercentWriter>(std::forward<Fill>(fill));
  }

  // Each CPU, as in CpuTimesPercentResponse, if percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<3, CpuTimesPercentWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// What the CPUs did, and how often per second since the collection before; in the first message
// over 0.1 seconds.
class CpuStatsWatchWriter {
 public:
  explicit CpuStatsWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Counters since boot.
  template <class Fill>
  void cpu_stats(Fill&& fill) {
    writer_.put_message<1, CpuStatsWriter>(std::forward<Fill>(fill));
  }

  // Context switches per second; a gauge.
  void ctx_switches_rate(double value) { writer_.put_double<2>(value); }

  // Hardware interrupts per second; a gauge.
  void interrupts_rate(double value) { writer_.put_double<3>(value); }

  // Soft interrupts per second; a gauge. Not on Windows.
  void soft_interrupts_rate(double value) { writer_.put_double<4>(value); }

  // System calls per second; a gauge. Not on Linux.
  void syscalls_rate(double value) { writer_.put_double<5>(value); }

 private:
  wire::Writer& writer_;
};

// Clock frequencies.
class CpuFreqWatchWriter {
 public:
  explicit CpuFreqWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Mean over all CPUs. Absent if the host does not tell.
  template <class Fill>
  void average(Fill&& fill) {
    writer_.put_message<1, CpuFreqWriter>(std::forward<Fill>(fill));
  }

  // Each CPU that tells, ascending by number, if percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<2, CpuFreqWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Swap space, and its traffic since the collection before; in the first message over 0.1 seconds. Rates are absent on
// Windows.
class SwapMemoryWatchWriter {
 public:
  explicit SwapMemoryWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // The space.
  template <class Fill>
  void swap_memory(Fill&& fill) {
    writer_.put_message<1, SwapMemoryWriter>(std::forward<Fill>(fill));
  }

  // Bytes per second read back; a gauge.
  void sin_rate(double value) { writer_.put_double<2>(value); }

  // Bytes per second written out; a gauge.
  void sout_rate(double value) { writer_.put_double<3>(value); }

 private:
  wire::Writer& writer_;
};

// Mounted file systems, all of them.
class DiskPartitionsWatchWriter {
 public:
  explicit DiskPartitionsWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Mounts as DiskPartitions gives them.
  template <class Fill>
  void partitions(Fill&& fill) {
    writer_.put_message<1, DiskPartitionWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Space of one mounted file system.
class MountUsageWriter {
 public:
  explicit MountUsageWriter(wire::Writer& writer) : writer_(writer) {}

  // Where it is mounted.
  void mountpoint(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Its space. Absent if the file system did not answer in time or refused.
  template <class Fill>
  void disk_usage(Fill&& fill) {
    writer_.put_message<2, DiskUsageWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Space of the mounted file systems, all of them.
class DiskUsageWatchWriter {
 public:
  explicit DiskUsageWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // One entry for each mount.
  template <class Fill>
  void mounts(Fill&& fill) {
    writer_.put_message<1, MountUsageWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Input and output of a disk, per second since the collection before; gauges.
class DiskIoRatesWriter {
 public:
  explicit DiskIoRatesWriter(wire::Writer& writer) : writer_(writer) {}

  // Reads completed per second.
  void read_count(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // Writes completed per second.
  void write_count(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Bytes read per second.
  void read_bytes(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

  // Bytes written per second.
  void write_bytes(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Share of the interval during which a request was in flight, percent. Linux, FreeBSD; not in a total.
  void busy_percent(double value) { writer_.put_double<5>(value); }

 private:
  wire::Writer& writer_;
};

// Input and output of one disk, or of all.
class DiskIoActivityWriter {
 public:
  explicit DiskIoActivityWriter(wire::Writer& writer) : writer_(writer) {}

  // Counters since boot, wraps undone.
  template <class Fill>
  void counters(Fill&& fill) {
    writer_.put_message<1, DiskIoCountersWriter>(std::forward<Fill>(fill));
  }

  // Rates. Absent where the reading before did not have this disk; in the first message over 0.1 seconds.
  template <class Fill>
  void rates(Fill&& fill) {
    writer_.put_message<2, DiskIoRatesWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Input and output of the disks.
class DiskIoWatchWriter {
 public:
  explicit DiskIoWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Whole devices summed. Absent on a host without disks.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<1, DiskIoActivityWriter>(std::forward<Fill>(fill));
  }

  // Each device, if perdisk was asked for.
  template <class Fill>
  void disks(Fill&& fill) {
    writer_.put_message<2, DiskIoActivityWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Traffic of a network interface, per second since the collection before; gauges.
class NetIoRatesWriter {
 public:
  explicit NetIoRatesWriter(wire::Writer& writer) : writer_(writer) {}

  // Bytes sent per second.
  void bytes_sent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // Bytes received per second.
  void bytes_recv(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Packets sent per second.
  void packets_sent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

  // Packets received per second.
  void packets_recv(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Errors per second while receiving.
  void errin(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<5>(value);
  }

  // Errors per second while sending.
  void errout(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<6>(value);
  }

  // Received packets dropped per second.
  void dropin(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<7>(value);
  }

  // Packets per second dropped instead of sent. Not on macOS and BSD.
  void dropout(double value) { writer_.put_double<8>(value); }

 private:
  wire::Writer& writer_;
};

// Traffic of one network interface, or of all.
class NetIoActivityWriter {
 public:
  explicit NetIoActivityWriter(wire::Writer& writer) : writer_(writer) {}

  // Counters since the interface appeared, wraps undone.
  template <class Fill>
  void counters(Fill&& fill) {
    writer_.put_message<1, NetIoCountersWriter>(std::forward<Fill>(fill));
  }

  // Rates. Absent where the reading before did not have this interface; in the first message over 0.1
  // seconds.
  template <class Fill>
  void rates(Fill&& fill) {
    writer_.put_message<2, NetIoRatesWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Traffic of the network interfaces.
class NetIoWatchWriter {
 public:
  explicit NetIoWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // All interfaces summed. Absent on a host without interfaces.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<1, NetIoActivityWriter>(std::forward<Fill>(fill));
  }

  // Each interface, if pernic was asked for.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<2, NetIoActivityWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Addresses of the network interfaces, all of them.
class NetIfAddrsWatchWriter {
 public:
  explicit NetIfAddrsWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Interfaces as NetIfAddrs gives them.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<1, NetIfAddrsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// State of the network interfaces, all of them.
class NetIfStatsWatchWriter {
 public:
  explicit NetIfStatsWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Interfaces as NetIfStats gives them.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<1, NetIfStatsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One message of System.Watch, sent after each collection. A metric that is absent is as it was; one that is there
// replaces the value before as a whole. A message with neither metric nor failure is a heartbeat.
class SystemWatchResponseWriter {
 public:
  explicit SystemWatchResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // True if it tells of every metric asked for, by value or failure; the client drops what it had. The first does.
  void snapshot(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Number of the collection, as in ProcessWatchResponse.
  void sequence(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // When the collection was done: nothing it tells of is later.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<3, SampleWriter>(std::forward<Fill>(fill));
  }

  // Seconds since the collection before, as measured; percents and rates are over it. Absent in the first.
  void interval(double value) { writer_.put_double<4>(value); }

  // Collections this reader was too slow for; what changed in them is merged into this message.
  void dropped(uint32_t value) {
    if (value != 0) writer_.put_uint32<5>(value);
  }

  // True if collections are missing between the message before and this one, e.g. after the agent was stopped.
  void gap(bool value) {
    if (value) writer_.put_bool<6>(value);
  }

  // Metrics that cannot be read; they have no value until a later message gives one.
  template <class Fill>
  void failures(Fill&& fill) {
    writer_.put_message<7, SystemMetricFailureWriter>(std::forward<Fill>(fill));
  }

  // In a snapshot, and whenever it has changed.
  template <class Fill>
  void pace(Fill&& fill) {
    writer_.put_message<8, WatchPaceWriter>(std::forward<Fill>(fill));
  }

  // CPU time since boot, of all CPUs and each.
  template <class Fill>
  void cpu_times(Fill&& fill) {
    writer_.put_message<10, CpuTimesWatchWriter>(std::forward<Fill>(fill));
  }

  // Use of the CPUs since the collection before.
  template <class Fill>
  void cpu_percent(Fill&& fill) {
    writer_.put_message<11, CpuPercentWatchWriter>(std::forward<Fill>(fill));
  }

  // Shares of CPU time since the collection before.
  template <class Fill>
  void cpu_times_percent(Fill&& fill) {
    writer_.put_message<12, CpuTimesPercentWatchWriter>(std::forward<Fill>(fill));
  }

  // Number of CPUs and cores.
  template <class Fill>
  void cpu_count(Fill&& fill) {
    writer_.put_message<13, CpuCountWriter>(std::forward<Fill>(fill));
  }

  // Context switches, interrupts, system calls, and their rates.
  template <class Fill>
  void cpu_stats(Fill&& fill) {
    writer_.put_message<14, CpuStatsWatchWriter>(std::forward<Fill>(fill));
  }

  // Clock frequencies.
  template <class Fill>
  void cpu_freq(Fill&& fill) {
    writer_.put_message<15, CpuFreqWatchWriter>(std::forward<Fill>(fill));
  }

  // Load averages.
  template <class Fill>
  void getloadavg(Fill&& fill) {
    writer_.put_message<16, LoadAverageWriter>(std::forward<Fill>(fill));
  }

  // Physical memory.
  template <class Fill>
  void virtual_memory(Fill&& fill) {
    writer_.put_message<17, VirtualMemoryWriter>(std::forward<Fill>(fill));
  }

  // Swap space, and its rates.
  template <class Fill>
  void swap_memory(Fill&& fill) {
    writer_.put_message<18, SwapMemoryWatchWriter>(std::forward<Fill>(fill));
  }

  // Mounted file systems.
  template <class Fill>
  void disk_partitions(Fill&& fill) {
    writer_.put_message<19, DiskPartitionsWatchWriter>(std::forward<Fill>(fill));
  }

  // Space of each mounted file system.
  template <class Fill>
  void disk_usage(Fill&& fill) {
    writer_.put_message<20, DiskUsageWatchWriter>(std::forward<Fill>(fill));
  }

  // Input and output of disks, and their rates.
  template <class Fill>
  void disk_io_counters(Fill&& fill) {
    writer_.put_message<21, DiskIoWatchWriter>(std::forward<Fill>(fill));
  }

  // Traffic of network interfaces, and their rates.
  template <class Fill>
  void net_io_counters(Fill&& fill) {
    writer_.put_message<22, NetIoWatchWriter>(std::forward<Fill>(fill));
  }

  // Addresses of network interfaces.
  template <class Fill>
  void net_if_addrs(Fill&& fill) {
    writer_.put_message<23, NetIfAddrsWatchWriter>(std::forward<Fill>(fill));
  }

  // State of network interfaces.
  template <class Fill>
  void net_if_stats(Fill&& fill) {
    writer_.put_message<24, NetIfStatsWatchWriter>(std::forward<Fill>(fill));
  }

  // When the host booted, seconds since the epoch; changes when the wall clock is set.
  void boot_time(double value) { writer_.put_double<25>(value); }

 private:
  wire::Writer& writer_;
};

struct SystemWatchRequest;

// Request of System.Watch. Watchers that ask for the same share one collection.
struct SystemWatchRequest {
  // Metrics to follow, one at least. INVALID_ARGUMENT for a number that is no metric; duplicates are harmless.
  std::vector<SystemMetric> metrics;
  // Seconds from one collection to the next, 0.25 to 3,600. Default 1.
  std::optional<double> interval;
  // Whether CPU metrics list each CPU too.
  bool percpu = false;
  // Whether disk_io_counters lists each device too.
  bool perdisk = false;
  // Whether net_io_counters lists each interface too.
  bool pernic = false;
  // Whether disk_partitions and disk_usage tell of virtual and network file systems too.
  bool all_partitions = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SystemWatchRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool SystemWatchRequest::parse(std::string_view bytes, SystemWatchRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SystemWatchRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_repeated(metrics, wire::WireType::kVarint, &wire::Reader::get_enum<SystemMetric>)) {
          return reader.failed_in("SystemWatchRequest.metrics");
        }
        break;
      case 2:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("SystemWatchRequest.interval");
        break;
      case 3:
        if (!reader.get_bool(percpu)) return reader.failed_in("SystemWatchRequest.percpu");
        break;
      case 4:
        if (!reader.get_bool(perdisk)) return reader.failed_in("SystemWatchRequest.perdisk");
        break;
      case 5:
        if (!reader.get_bool(pernic)) return reader.failed_in("SystemWatchRequest.pernic");
        break;
      case 6:
        if (!reader.get_bool(all_partitions)) return reader.failed_in("SystemWatchRequest.all_partitions");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SystemWatchRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SystemWatchRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_SYSTEM_WATCH_H_
