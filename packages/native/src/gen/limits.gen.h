// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/limits.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_LIMITS_H_
#define HOSTSCOPE_GEN_LIMITS_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class HostLimitsWriter;
class CgroupThrottlingWriter;
class CgroupLimitsWriter;
class LimitsRequestWriter;
class LimitsResponseWriter;
class PressureTimeWriter;
class ResourcePressureWriter;
class PressureWriter;
class PressureRequestWriter;
class PressureResponseWriter;

// What the whole host has.
class HostLimitsWriter {
 public:
  explicit HostLimitsWriter(wire::Writer& writer) : writer_(writer) {}

  // CPUs online.
  void cpus(uint32_t value) { writer_.put_uint32<1>(value); }

  // Physical memory, bytes.
  void memory(uint64_t value) { writer_.put_uint64<2>(value); }

  // Swap space, bytes.
  void swap(uint64_t value) { writer_.put_uint64<3>(value); }

  // Processes and threads that can exist at once. Linux: /proc/sys/kernel/pid_max and threads-max, whichever is less.
  void pids(uint64_t value) { writer_.put_uint64<4>(value); }

 private:
  wire::Writer& writer_;
};

// How often a CPU quota has stopped a control group; counters.
class CgroupThrottlingWriter {
 public:
  explicit CgroupThrottlingWriter(wire::Writer& writer) : writer_(writer) {}

  // Periods that have passed with work to do. Linux: nr_periods of cpu.stat.
  void periods(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Periods in which the quota ran out. Linux: nr_throttled of cpu.stat.
  void throttled(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Time spent stopped, seconds, summed over CPUs. Linux: throttled_usec (version 1: throttled_time) of cpu.stat.
  void throttled_time(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// Limits that a control group sets, each the least of its own and those above it as far as the agent can see; what is
// absent has no limit.
class CgroupLimitsWriter {
 public:
  explicit CgroupLimitsWriter(wire::Writer& writer) : writer_(writer) {}

  // Path of the group, as ProcessCgroup.path.
  void path(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Version of control groups that gave the values: 1 or 2.
  void version(uint32_t value) {
    if (value != 0) writer_.put_uint32<2>(value);
  }

  // CPU time per time, in CPUs: 1.5 is one CPU and a half. Linux: quota / period of cpu.max or cpu.cfs_*.
  void cpu_quota(double value) { writer_.put_double<3>(value); }

  // Period over which the quota counts, seconds.
  void cpu_period(double value) { writer_.put_double<4>(value); }

  // CPUs it may run on, ascending. Linux: cpuset.cpus.effective. Empty: not limited or not known.
  void cpuset(std::span<const uint32_t> values) {
    writer_.put_packed_varint<5>(values, [](uint64_t value) { return value; });
  }

  // Bytes of memory it may use before its processes are killed. Linux: memory.max or memory.limit_in_bytes.
  void memory_max(uint64_t value) { writer_.put_uint64<6>(value); }

  // Bytes of memory from which on it is slowed down. Linux: memory.high.
  void memory_high(uint64_t value) { writer_.put_uint64<7>(value); }

  // Bytes of memory in use; a gauge. Linux: memory.current or memory.usage_in_bytes.
  void memory_current(uint64_t value) { writer_.put_uint64<8>(value); }

  // Bytes of swap it may use. Linux: memory.swap.max; version 1: memory.memsw.limit_in_bytes less the memory limit.
  void swap_max(uint64_t value) { writer_.put_uint64<9>(value); }

  // Bytes of swap in use; a gauge.
  void swap_current(uint64_t value) { writer_.put_uint64<10>(value); }

  // Processes and threads it may have. Linux: pids.max.
  void pids_max(uint64_t value) { writer_.put_uint64<11>(value); }

  // Processes and threads it has; a gauge. Linux: pids.current.
  void pids_current(uint64_t value) { writer_.put_uint64<12>(value); }

  // Effect of the CPU quota; absent if the group counts none.
  template <class Fill>
  void throttling(Fill&& fill) {
    writer_.put_message<13, CgroupThrottlingWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of System.Limits.
class LimitsRequestWriter {
 public:
  explicit LimitsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Process whose control group is meant, on Windows its job. Default: the agent itself.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of System.Limits.
class LimitsResponseWriter {
 public:
  explicit LimitsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the limits were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The whole host.
  template <class Fill>
  void host(Fill&& fill) {
    writer_.put_message<2, HostLimitsWriter>(std::forward<Fill>(fill));
  }

  // The control group; absent where there are none, or none that the agent can see.
  template <class Fill>
  void cgroup(Fill&& fill) {
    writer_.put_message<3, CgroupLimitsWriter>(std::forward<Fill>(fill));
  }

  // CPUs that can be used at once: the least of the host's, the cpuset's and the quota. Windows: of the host's, the job's
  // CPUs and its CPU rate. Absent for other processes that are in a job, which Windows does not tell about.
  void effective_cpus(double value) { writer_.put_double<4>(value); }

  // Bytes of memory that can be used: the less of the host's and the control group's, on Windows the job's. Absent as above.
  void effective_memory(uint64_t value) { writer_.put_uint64<5>(value); }

 private:
  wire::Writer& writer_;
};

// Share of time in which work waited, one line of a pressure file.
class PressureTimeWriter {
 public:
  explicit PressureTimeWriter(wire::Writer& writer) : writer_(writer) {}

  // Percent of the last 10 seconds.
  void avg10(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // Percent of the last 60 seconds.
  void avg60(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Percent of the last 300 seconds.
  void avg300(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

  // Time so far, seconds; a counter.
  void total(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Waiting for one resource.
class ResourcePressureWriter {
 public:
  explicit ResourcePressureWriter(wire::Writer& writer) : writer_(writer) {}

  // Time in which some work waited. Absent where not counted.
  template <class Fill>
  void some(Fill&& fill) {
    writer_.put_message<1, PressureTimeWriter>(std::forward<Fill>(fill));
  }

  // Time in which all work waited. Absent where not counted, as for the CPUs of a whole host before Linux 5.13.
  template <class Fill>
  void full(Fill&& fill) {
    writer_.put_message<2, PressureTimeWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Waiting for each resource; absent where not counted.
class PressureWriter {
 public:
  explicit PressureWriter(wire::Writer& writer) : writer_(writer) {}

  // For a CPU.
  template <class Fill>
  void cpu(Fill&& fill) {
    writer_.put_message<1, ResourcePressureWriter>(std::forward<Fill>(fill));
  }

  // For memory: reclaim, swap, refaults.
  template <class Fill>
  void memory(Fill&& fill) {
    writer_.put_message<2, ResourcePressureWriter>(std::forward<Fill>(fill));
  }

  // For input/output.
  template <class Fill>
  void io(Fill&& fill) {
    writer_.put_message<3, ResourcePressureWriter>(std::forward<Fill>(fill));
  }

  // For interrupts; only `full` is counted. Linux 6.1 or newer.
  template <class Fill>
  void irq(Fill&& fill) {
    writer_.put_message<4, ResourcePressureWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of System.Pressure.
class PressureRequestWriter {
 public:
  explicit PressureRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Process whose control group is meant. Default: the agent itself.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of System.Pressure.
class PressureResponseWriter {
 public:
  explicit PressureResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the pressure was read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The whole host. Linux: /proc/pressure. Absent where the kernel does not count it.
  template <class Fill>
  void host(Fill&& fill) {
    writer_.put_message<2, PressureWriter>(std::forward<Fill>(fill));
  }

  // The control group. Linux, version 2: *.pressure of the group. Absent where not counted.
  template <class Fill>
  void cgroup(Fill&& fill) {
    writer_.put_message<3, PressureWriter>(std::forward<Fill>(fill));
  }

  // Path of that group; absent where there is none.
  void cgroup_path(std::string_view value) { writer_.put_string<4>(value); }

 private:
  wire::Writer& writer_;
};

struct LimitsRequest;
struct PressureRequest;

// Request of System.Limits.
struct LimitsRequest {
  // Process whose control group is meant, on Windows its job. Default: the agent itself.
  std::optional<ProcessRef> ref;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, LimitsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.Pressure.
struct PressureRequest {
  // Process whose control group is meant. Default: the agent itself.
  std::optional<ProcessRef> ref;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PressureRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool LimitsRequest::parse(std::string_view bytes, LimitsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool LimitsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("LimitsRequest.ref");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("LimitsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("LimitsRequest");
}

inline bool PressureRequest::parse(std::string_view bytes, PressureRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PressureRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("PressureRequest.ref");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PressureRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PressureRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_LIMITS_H_
