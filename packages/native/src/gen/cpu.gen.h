// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/cpu.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_CPU_H_
#define HOSTSCOPE_GEN_CPU_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class CpuTimesWriter;
class CpuTimesRequestWriter;
class CpuTimesResponseWriter;
class CpuSampleWriter;
class CpuPercentWriter;
class CpuPercentRequestWriter;
class CpuPercentResponseWriter;
class CpuTimesPercentWriter;
class CpuTimesPercentRequestWriter;
class CpuTimesPercentResponseWriter;
class CpuCountWriter;
class CpuCountRequestWriter;
class CpuCountResponseWriter;
class CpuStatsWriter;
class CpuStatsRequestWriter;
class CpuStatsResponseWriter;
class CpuFreqWriter;
class CpuFreqRequestWriter;
class CpuFreqResponseWriter;
class LoadAverageWriter;
class GetloadavgRequestWriter;
class GetloadavgResponseWriter;

// CPU time since boot, seconds; counters. Linux: a "cpu" line of /proc/stat, in clock ticks there. A counter may step
// back a little, so clamp differences at zero.
class CpuTimesWriter {
 public:
  explicit CpuTimesWriter(wire::Writer& writer) : writer_(writer) {}

  // The kernel's number of this CPU; absent in a total over all CPUs.
  void cpu(uint32_t value) { writer_.put_uint32<1>(value); }

  // In user mode. Linux: includes guest.
  void user(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // In user mode at lowered priority. Linux: includes guest_nice. Not on Windows.
  void nice(double value) { writer_.put_double<3>(value); }

  // In the kernel. Windows: without idle time, which its kernel time includes.
  void system(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Doing nothing. Linux: without iowait.
  void idle(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<5>(value);
  }

  // Idle while a task of this CPU waits for a block device. Linux.
  void iowait(double value) { writer_.put_double<6>(value); }

  // Serving hardware interrupts. Linux, BSD.
  void irq(double value) { writer_.put_double<7>(value); }

  // Serving soft interrupts. Linux.
  void softirq(double value) { writer_.put_double<8>(value); }

  // Ready to run, but the hypervisor ran something else. Linux.
  void steal(double value) { writer_.put_double<9>(value); }

  // Running virtual CPUs of guests. Linux.
  void guest(double value) { writer_.put_double<10>(value); }

  // Running virtual CPUs of guests at lowered priority. Linux.
  void guest_nice(double value) { writer_.put_double<11>(value); }

  // Serving hardware interrupts. Windows; part of system.
  void interrupt(double value) { writer_.put_double<12>(value); }

  // Serving deferred procedure calls. Windows; part of system.
  void dpc(double value) { writer_.put_double<13>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuTimes.
class CpuTimesRequestWriter {
 public:
  explicit CpuTimesRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each CPU is listed too.
  void percpu(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of System.CpuTimes.
class CpuTimesResponseWriter {
 public:
  explicit CpuTimesResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the counters were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // All CPUs together.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<2, CpuTimesWriter>(std::forward<Fill>(fill));
  }

  // Each CPU that is online, ascending by number; empty unless percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<3, CpuTimesWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Counters of one moment, handed back by the caller to measure from there: "since my last call" is the caller's, never
// shared. Data for the round trip, small enough for a request at 1,000 CPUs: send it back unchanged.
class CpuSampleWriter {
 public:
  explicit CpuSampleWriter(wire::Writer& writer) : writer_(writer) {}

  // The host's monotonic clock when the counters were read, nanoseconds.
  void monotonic_ns(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Check mark of the boot they belong to, as in ProcessRef. Absent where the platform has no boot id.
  void boot(uint32_t value) { writer_.put_fixed32<2>(value); }

  // All CPUs: one column for each CpuTimes field the platform has, by field number, in the collector's own unit (Linux:
  // clock ticks).
  void total(std::span<const uint64_t> values) {
    writer_.put_packed_varint<3>(values, [](uint64_t value) { return value; });
  }

  // Numbers of the CPUs in `ticks`, ascending; empty unless percpu was asked for.
  void cpus(std::span<const uint32_t> values) {
    writer_.put_packed_varint<4>(values, [](uint64_t value) { return value; });
  }

  // The columns of each of `cpus`, CPU after CPU: as many as `cpus` times `total` has.
  void ticks(std::span<const uint64_t> values) {
    writer_.put_packed_varint<5>(values, [](uint64_t value) { return value; });
  }

 private:
  wire::Writer& writer_;
};

// Use of one CPU over an interval.
class CpuPercentWriter {
 public:
  explicit CpuPercentWriter(wire::Writer& writer) : writer_(writer) {}

  // The kernel's number of this CPU.
  void cpu(uint32_t value) {
    if (value != 0) writer_.put_uint32<1>(value);
  }

  // Share of the interval it was neither idle nor in iowait, 0 to 100.
  void percent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuPercent. With neither `interval` nor `since` the agent measures over 0.1 seconds; with both,
// INVALID_ARGUMENT.
class CpuPercentRequestWriter {
 public:
  explicit CpuPercentRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each CPU is listed too.
  void percpu(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Seconds to measure over, above 0 and at most 60; the answer takes that long.
  void interval(double value) { writer_.put_double<2>(value); }

  // Measure from this sample until now, without waiting. One that cannot serve (another boot, no CPUs in it but percpu
  // asked for) is passed over as if it were absent; `interval` of the answer tells.
  template <class Fill>
  void since(Fill&& fill) {
    writer_.put_message<3, CpuSampleWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of System.CpuPercent; gauges. One decimal, as in psutil.
class CpuPercentResponseWriter {
 public:
  explicit CpuPercentResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Counters at the end of the interval, for `since` of the next request.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, CpuSampleWriter>(std::forward<Fill>(fill));
  }

  // Seconds measured over.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // All CPUs together, 0 to 100. Absent if no counter moved, as when samples are less than a clock tick apart.
  void percent(double value) { writer_.put_double<3>(value); }

  // Each CPU, ascending by number, without those that were not online all along or whose counters did not move; empty
  // unless percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<4, CpuPercentWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Shares of CPU time over an interval, percent, each 0 to 100 with one decimal; gauges. Sources are those of CpuTimes.
class CpuTimesPercentWriter {
 public:
  explicit CpuTimesPercentWriter(wire::Writer& writer) : writer_(writer) {}

  // The kernel's number of this CPU; absent in a total over all CPUs.
  void cpu(uint32_t value) { writer_.put_uint32<1>(value); }

  // In user mode, without guest.
  void user(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // In user mode at lowered priority, without guest_nice. Not on Windows.
  void nice(double value) { writer_.put_double<3>(value); }

  // In the kernel.
  void system(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Doing nothing, without iowait.
  void idle(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<5>(value);
  }

  // Idle while a task waits for a block device. Linux.
  void iowait(double value) { writer_.put_double<6>(value); }

  // Serving hardware interrupts. Linux, BSD.
  void irq(double value) { writer_.put_double<7>(value); }

  // Serving soft interrupts. Linux.
  void softirq(double value) { writer_.put_double<8>(value); }

  // Taken by the hypervisor. Linux.
  void steal(double value) { writer_.put_double<9>(value); }

  // Running virtual CPUs of guests. Linux.
  void guest(double value) { writer_.put_double<10>(value); }

  // Running virtual CPUs of guests at lowered priority. Linux.
  void guest_nice(double value) { writer_.put_double<11>(value); }

  // Serving hardware interrupts. Windows; part of system.
  void interrupt(double value) { writer_.put_double<12>(value); }

  // Serving deferred procedure calls. Windows; part of system.
  void dpc(double value) { writer_.put_double<13>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuTimesPercent. Interval and since as in CpuPercentRequest.
class CpuTimesPercentRequestWriter {
 public:
  explicit CpuTimesPercentRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each CPU is listed too.
  void percpu(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Seconds to measure over, above 0 and at most 60; the answer takes that long.
  void interval(double value) { writer_.put_double<2>(value); }

  // Measure from this sample until now, without waiting; from CpuPercent or CpuTimesPercent alike.
  template <class Fill>
  void since(Fill&& fill) {
    writer_.put_message<3, CpuSampleWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of System.CpuTimesPercent.
class CpuTimesPercentResponseWriter {
 public:
  explicit CpuTimesPercentResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Counters at the end of the interval, for `since` of the next request.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, CpuSampleWriter>(std::forward<Fill>(fill));
  }

  // Seconds measured over.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // All CPUs together. Absent if no counter moved.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<3, CpuTimesPercentWriter>(std::forward<Fill>(fill));
  }

  // Each CPU, ascending by number, left out as in CpuPercentResponse; empty unless percpu was asked for.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<4, CpuTimesPercentWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Number of CPUs; gauges. Affinity and control groups do not count here: see the attribute cpu_affinity of a process.
class CpuCountWriter {
 public:
  explicit CpuCountWriter(wire::Writer& writer) : writer_(writer) {}

  // CPUs online, hyper-threads included; psutil's cpu_count().
  void logical(uint32_t value) { writer_.put_uint32<1>(value); }

  // Cores; psutil's cpu_count(logical=False). Linux: topology below /sys/devices/system/cpu, else /proc/cpuinfo.
  void physical(uint32_t value) { writer_.put_uint32<2>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuCount.
class CpuCountRequestWriter {
 public:
  explicit CpuCountRequestWriter(wire::Writer&) {}
};

// Response of System.CpuCount.
class CpuCountResponseWriter {
 public:
  explicit CpuCountResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // The numbers.
  template <class Fill>
  void cpu_count(Fill&& fill) {
    writer_.put_message<1, CpuCountWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// What the CPUs did since boot; counters. Linux: /proc/stat.
class CpuStatsWriter {
 public:
  explicit CpuStatsWriter(wire::Writer& writer) : writer_(writer) {}

  // Context switches of all tasks. Windows: wraps at 2^32.
  void ctx_switches(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Hardware interrupts.
  void interrupts(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Soft interrupts. Absent on Windows, where psutil gives 0.
  void soft_interrupts(uint64_t value) { writer_.put_uint64<3>(value); }

  // System calls; on Windows wraps at 2^32. Absent on Linux, where psutil gives 0.
  void syscalls(uint64_t value) { writer_.put_uint64<4>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuStats.
class CpuStatsRequestWriter {
 public:
  explicit CpuStatsRequestWriter(wire::Writer&) {}
};

// Response of System.CpuStats.
class CpuStatsResponseWriter {
 public:
  explicit CpuStatsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the counters were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The counters.
  template <class Fill>
  void cpu_stats(Fill&& fill) {
    writer_.put_message<2, CpuStatsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Clock frequency, MHz; gauges. Linux: /sys/devices/system/cpu/cpufreq in kHz there, else /proc/cpuinfo.
class CpuFreqWriter {
 public:
  explicit CpuFreqWriter(wire::Writer& writer) : writer_(writer) {}

  // The kernel's number of this CPU; absent in an average over all CPUs.
  void cpu(uint32_t value) { writer_.put_uint32<1>(value); }

  // Now on Linux, the nominal value elsewhere.
  void current(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Lowest the governor may choose. Absent where unknown, where psutil gives 0.
  void min(double value) { writer_.put_double<3>(value); }

  // Highest the governor may choose. Absent where unknown, where psutil gives 0.
  void max(double value) { writer_.put_double<4>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.CpuFreq.
class CpuFreqRequestWriter {
 public:
  explicit CpuFreqRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each CPU is listed too.
  void percpu(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of System.CpuFreq. Linux, Windows, macOS, FreeBSD.
class CpuFreqResponseWriter {
 public:
  explicit CpuFreqResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the frequencies were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Mean over all CPUs. Absent if the host does not tell, as in many virtual machines.
  template <class Fill>
  void average(Fill&& fill) {
    writer_.put_message<2, CpuFreqWriter>(std::forward<Fill>(fill));
  }

  // Each CPU that tells, ascending by number; empty unless percpu was asked for, and off Linux.
  template <class Fill>
  void cpus(Fill&& fill) {
    writer_.put_message<3, CpuFreqWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Processes that run or wait to run, averaged; gauges. Linux: also those in uninterruptible sleep, /proc/loadavg. Windows:
// threads that are ready and have no CPU, sampled every 5 seconds from the first question on; as long as an average's time
// has not passed since, it is one of the time that has.
class LoadAverageWriter {
 public:
  explicit LoadAverageWriter(wire::Writer& writer) : writer_(writer) {}

  // Over the last minute.
  void load1(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // Over the last 5 minutes.
  void load5(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Over the last 15 minutes.
  void load15(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of System.Getloadavg.
class GetloadavgRequestWriter {
 public:
  explicit GetloadavgRequestWriter(wire::Writer&) {}
};

// Response of System.Getloadavg.
class GetloadavgResponseWriter {
 public:
  explicit GetloadavgResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the averages were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The averages. Absent on Windows until the agent has sampled the processor queue for 5 seconds.
  template <class Fill>
  void loadavg(Fill&& fill) {
    writer_.put_message<2, LoadAverageWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct CpuTimesRequest;
struct CpuSample;
struct CpuPercentRequest;
struct CpuTimesPercentRequest;
struct CpuCountRequest;
struct CpuStatsRequest;
struct CpuFreqRequest;
struct GetloadavgRequest;

// Request of System.CpuTimes.
struct CpuTimesRequest {
  // Whether each CPU is listed too.
  bool percpu = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuTimesRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Counters of one moment, handed back by the caller to measure from there: "since my last call" is the caller's, never
// shared. Data for the round trip, small enough for a request at 1,000 CPUs: send it back unchanged.
struct CpuSample {
  // The host's monotonic clock when the counters were read, nanoseconds.
  uint64_t monotonic_ns = 0;
  // Check mark of the boot they belong to, as in ProcessRef. Absent where the platform has no boot id.
  std::optional<uint32_t> boot;
  // All CPUs: one column for each CpuTimes field the platform has, by field number, in the collector's own unit (Linux:
  // clock ticks).
  std::vector<uint64_t> total;
  // Numbers of the CPUs in `ticks`, ascending; empty unless percpu was asked for.
  std::vector<uint32_t> cpus;
  // The columns of each of `cpus`, CPU after CPU: as many as `cpus` times `total` has.
  std::vector<uint64_t> ticks;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuSample& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.CpuPercent. With neither `interval` nor `since` the agent measures over 0.1 seconds; with both,
// INVALID_ARGUMENT.
struct CpuPercentRequest {
  // Whether each CPU is listed too.
  bool percpu = false;
  // Seconds to measure over, above 0 and at most 60; the answer takes that long.
  std::optional<double> interval;
  // Measure from this sample until now, without waiting. One that cannot serve (another boot, no CPUs in it but percpu
  // asked for) is passed over as if it were absent; `interval` of the answer tells.
  std::optional<CpuSample> since;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuPercentRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.CpuTimesPercent. Interval and since as in CpuPercentRequest.
struct CpuTimesPercentRequest {
  // Whether each CPU is listed too.
  bool percpu = false;
  // Seconds to measure over, above 0 and at most 60; the answer takes that long.
  std::optional<double> interval;
  // Measure from this sample until now, without waiting; from CpuPercent or CpuTimesPercent alike.
  std::optional<CpuSample> since;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuTimesPercentRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.CpuCount.
struct CpuCountRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuCountRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.CpuStats.
struct CpuStatsRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuStatsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.CpuFreq.
struct CpuFreqRequest {
  // Whether each CPU is listed too.
  bool percpu = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CpuFreqRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.Getloadavg.
struct GetloadavgRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, GetloadavgRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool CpuTimesRequest::parse(std::string_view bytes, CpuTimesRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuTimesRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(percpu)) return reader.failed_in("CpuTimesRequest.percpu");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CpuTimesRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CpuTimesRequest");
}

inline bool CpuSample::parse(std::string_view bytes, CpuSample& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuSample::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_uint64(monotonic_ns)) return reader.failed_in("CpuSample.monotonic_ns");
        break;
      case 2:
        if (!reader.get_fixed32(boot.emplace())) return reader.failed_in("CpuSample.boot");
        break;
      case 3:
        if (!reader.get_repeated(total, wire::WireType::kVarint, &wire::Reader::get_uint64)) {
          return reader.failed_in("CpuSample.total");
        }
        break;
      case 4:
        if (!reader.get_repeated(cpus, wire::WireType::kVarint, &wire::Reader::get_uint32)) {
          return reader.failed_in("CpuSample.cpus");
        }
        break;
      case 5:
        if (!reader.get_repeated(ticks, wire::WireType::kVarint, &wire::Reader::get_uint64)) {
          return reader.failed_in("CpuSample.ticks");
        }
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CpuSample");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CpuSample");
}

inline bool CpuPercentRequest::parse(std::string_view bytes, CpuPercentRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuPercentRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(percpu)) return reader.failed_in("CpuPercentRequest.percpu");
        break;
      case 2:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("CpuPercentRequest.interval");
        break;
      case 3:
        if (!reader.get_message(since.emplace())) return reader.failed_in("CpuPercentRequest.since");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CpuPercentRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CpuPercentRequest");
}

inline bool CpuTimesPercentRequest::parse(std::string_view bytes, CpuTimesPercentRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuTimesPercentRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(percpu)) return reader.failed_in("CpuTimesPercentRequest.percpu");
        break;
      case 2:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("CpuTimesPercentRequest.interval");
        break;
      case 3:
        if (!reader.get_message(since.emplace())) return reader.failed_in("CpuTimesPercentRequest.since");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CpuTimesPercentRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CpuTimesPercentRequest");
}

inline bool CpuCountRequest::parse(std::string_view bytes, CpuCountRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuCountRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("CpuCountRequest");
  }
  return reader.ok() || reader.failed_in("CpuCountRequest");
}

inline bool CpuStatsRequest::parse(std::string_view bytes, CpuStatsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuStatsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("CpuStatsRequest");
  }
  return reader.ok() || reader.failed_in("CpuStatsRequest");
}

inline bool CpuFreqRequest::parse(std::string_view bytes, CpuFreqRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CpuFreqRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(percpu)) return reader.failed_in("CpuFreqRequest.percpu");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CpuFreqRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CpuFreqRequest");
}

inline bool GetloadavgRequest::parse(std::string_view bytes, GetloadavgRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool GetloadavgRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("GetloadavgRequest");
  }
  return reader.ok() || reader.failed_in("GetloadavgRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_CPU_H_
