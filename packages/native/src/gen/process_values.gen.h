// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_values.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_VALUES_H_
#define HOSTSCOPE_GEN_PROCESS_VALUES_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Scheduler state of a process, psutil's STATUS_* constants.
enum class ProcessStatus : int32_t {
  // A state this version of hostscope does not know.
  kUnspecified = 0,
  // On a CPU or ready for one. Linux R.
  kRunning = 1,
  // Waiting, can be interrupted. Linux S.
  kSleeping = 2,
  // Waiting, cannot be interrupted, as a rule for a disk. Linux D.
  kDiskSleep = 3,
  // Stopped by a signal; on Windows, all threads suspended. Linux T.
  kStopped = 4,
  // Stopped by a debugger. Linux t.
  kTracingStop = 5,
  // Ended, not yet collected by its parent. Linux Z.
  kZombie = 6,
  // On its way out. Linux X and x.
  kDead = 7,
  // Being woken to be killed. Linux K, kernels before 4.14.
  kWakeKill = 8,
  // Being woken. Linux W, kernels before 4.14.
  kWaking = 9,
  // Idle kernel thread. Linux I; macOS, FreeBSD: being created.
  kIdle = 10,
  // Parked kernel thread. Linux P.
  kParked = 11,
  // Waiting for a lock. FreeBSD.
  kLocked = 12,
  // Waiting. FreeBSD.
  kWaiting = 13,
  // Suspended. NetBSD.
  kSuspended = 14,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ProcessStatus value) {
  switch (value) {
    case ProcessStatus::kUnspecified:
    case ProcessStatus::kRunning:
    case ProcessStatus::kSleeping:
    case ProcessStatus::kDiskSleep:
    case ProcessStatus::kStopped:
    case ProcessStatus::kTracingStop:
    case ProcessStatus::kZombie:
    case ProcessStatus::kDead:
    case ProcessStatus::kWakeKill:
    case ProcessStatus::kWaking:
    case ProcessStatus::kIdle:
    case ProcessStatus::kParked:
    case ProcessStatus::kLocked:
    case ProcessStatus::kWaiting:
    case ProcessStatus::kSuspended:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ProcessStatus value) {
  switch (value) {
    case ProcessStatus::kUnspecified:
      return "unspecified";
    case ProcessStatus::kRunning:
      return "running";
    case ProcessStatus::kSleeping:
      return "sleeping";
    case ProcessStatus::kDiskSleep:
      return "disk-sleep";
    case ProcessStatus::kStopped:
      return "stopped";
    case ProcessStatus::kTracingStop:
      return "tracing-stop";
    case ProcessStatus::kZombie:
      return "zombie";
    case ProcessStatus::kDead:
      return "dead";
    case ProcessStatus::kWakeKill:
      return "wake-kill";
    case ProcessStatus::kWaking:
      return "waking";
    case ProcessStatus::kIdle:
      return "idle";
    case ProcessStatus::kParked:
      return "parked";
    case ProcessStatus::kLocked:
      return "locked";
    case ProcessStatus::kWaiting:
      return "waiting";
    case ProcessStatus::kSuspended:
      return "suspended";
  }
  return "unspecified";
}

// Input/output scheduling class, psutil's IOPRIO_CLASS_* constants. Linux.
enum class IoprioClass : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // None set: follows the niceness. Kernel number 0.
  kNone = 1,
  // Real time. Kernel number 1.
  kRt = 2,
  // Best effort. Kernel number 2.
  kBe = 3,
  // Only when nobody else needs the disk. Kernel number 3.
  kIdle = 4,
};

// Whether this version of the schema has the value.
constexpr bool is_known(IoprioClass value) {
  switch (value) {
    case IoprioClass::kUnspecified:
    case IoprioClass::kNone:
    case IoprioClass::kRt:
    case IoprioClass::kBe:
    case IoprioClass::kIdle:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(IoprioClass value) {
  switch (value) {
    case IoprioClass::kUnspecified:
      return "unspecified";
    case IoprioClass::kNone:
      return "none";
    case IoprioClass::kRt:
      return "rt";
    case IoprioClass::kBe:
      return "be";
    case IoprioClass::kIdle:
      return "idle";
  }
  return "unspecified";
}

// Input/output priority, psutil's IOPRIO_* constants. Windows.
enum class IoprioLevel : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // psutil's IOPRIO_VERYLOW.
  kVerylow = 1,
  // psutil's IOPRIO_LOW.
  kLow = 2,
  // psutil's IOPRIO_NORMAL.
  kNormal = 3,
  // psutil's IOPRIO_HIGH.
  kHigh = 4,
};

// Whether this version of the schema has the value.
constexpr bool is_known(IoprioLevel value) {
  switch (value) {
    case IoprioLevel::kUnspecified:
    case IoprioLevel::kVerylow:
    case IoprioLevel::kLow:
    case IoprioLevel::kNormal:
    case IoprioLevel::kHigh:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(IoprioLevel value) {
  switch (value) {
    case IoprioLevel::kUnspecified:
      return "unspecified";
    case IoprioLevel::kVerylow:
      return "verylow";
    case IoprioLevel::kLow:
      return "low";
    case IoprioLevel::kNormal:
      return "normal";
    case IoprioLevel::kHigh:
      return "high";
  }
  return "unspecified";
}

class ProcessCpuTimesWriter;
class ProcessCpuPercentWriter;
class ProcessMemoryInfoWriter;
class ProcessMemoryFullInfoWriter;
class ProcessMemoryInfoExWriter;
class ProcessCtxSwitchesWriter;
class ProcessIoCountersWriter;
class ProcessPageFaultsWriter;
class ProcessIdsWriter;
class ProcessIoniceWriter;
class ProcessThreadWriter;
class ProcessMemoryMapWriter;
class ProcessOpenFileWriter;
class ProcessCgroupWriter;

// CPU time a process has used, seconds since its start; counters.
class ProcessCpuTimesWriter {
 public:
  explicit ProcessCpuTimesWriter(wire::Writer& writer) : writer_(writer) {}

  // In user mode.
  void user(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // In the kernel.
  void system(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // User time of children that ended and were waited for. Always 0 on Windows and macOS.
  void children_user(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

  // Kernel time of children that ended and were waited for. Always 0 on Windows and macOS.
  void children_system(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Waiting for block devices. Linux only; 0 unless the kernel's delay accounting is on.
  void iowait(double value) { writer_.put_double<5>(value); }

 private:
  wire::Writer& writer_;
};

// CPU use of a process over an interval.
class ProcessCpuPercentWriter {
 public:
  explicit ProcessCpuPercentWriter(wire::Writer& writer) : writer_(writer) {}

  // Percent of one CPU: 200 is two CPUs fully used.
  void percent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // Interval it was measured over, seconds.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Memory of a process, bytes; gauges.
class ProcessMemoryInfoWriter {
 public:
  explicit ProcessMemoryInfoWriter(wire::Writer& writer) : writer_(writer) {}

  // Resident set: physical memory in use. Windows: working set.
  void rss(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Virtual memory in use. Windows: private commit.
  void vms(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Resident pages backed by files or shared memory. Linux.
  void shared(uint64_t value) { writer_.put_uint64<3>(value); }

  // Executable code. Linux.
  void text(uint64_t value) { writer_.put_uint64<4>(value); }

  // Library code; 0 since Linux 2.6. Linux.
  void lib(uint64_t value) { writer_.put_uint64<5>(value); }

  // Data and stack. Linux.
  void data(uint64_t value) { writer_.put_uint64<6>(value); }

  // Dirty pages; 0 since Linux 2.6. Linux.
  void dirty(uint64_t value) { writer_.put_uint64<7>(value); }

  // Page faults so far; a counter. Windows, macOS (pfaults).
  void num_page_faults(uint64_t value) { writer_.put_uint64<8>(value); }

  // Largest working set so far. Windows.
  void peak_wset(uint64_t value) { writer_.put_uint64<9>(value); }

  // Working set. Windows.
  void wset(uint64_t value) { writer_.put_uint64<10>(value); }

  // Largest paged pool use so far. Windows.
  void peak_paged_pool(uint64_t value) { writer_.put_uint64<11>(value); }

  // Paged pool use. Windows.
  void paged_pool(uint64_t value) { writer_.put_uint64<12>(value); }

  // Largest non-paged pool use so far. Windows.
  void peak_nonpaged_pool(uint64_t value) { writer_.put_uint64<13>(value); }

  // Non-paged pool use. Windows.
  void nonpaged_pool(uint64_t value) { writer_.put_uint64<14>(value); }

  // Committed memory. Windows.
  void pagefile(uint64_t value) { writer_.put_uint64<15>(value); }

  // Largest committed memory so far. Windows.
  void peak_pagefile(uint64_t value) { writer_.put_uint64<16>(value); }

  // Committed memory not shared with others. Windows.
  void private_(uint64_t value) { writer_.put_uint64<17>(value); }

  // Page-ins so far; a counter. macOS.
  void pageins(uint64_t value) { writer_.put_uint64<18>(value); }

 private:
  wire::Writer& writer_;
};

// Memory a process would give back, bytes; gauges.
class ProcessMemoryFullInfoWriter {
 public:
  explicit ProcessMemoryFullInfoWriter(wire::Writer& writer) : writer_(writer) {}

  // The plain memory_info values.
  template <class Fill>
  void memory_info(Fill&& fill) {
    writer_.put_message<1, ProcessMemoryInfoWriter>(std::forward<Fill>(fill));
  }

  // Unique set: memory freed if the process ended now.
  void uss(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Proportional set: shared pages divided by the number of sharers. Linux.
  void pss(uint64_t value) { writer_.put_uint64<3>(value); }

  // Memory swapped out. Linux.
  void swap(uint64_t value) { writer_.put_uint64<4>(value); }

 private:
  wire::Writer& writer_;
};

// Kinds and peaks of a process's memory, bytes; gauges.
class ProcessMemoryInfoExWriter {
 public:
  explicit ProcessMemoryInfoExWriter(wire::Writer& writer) : writer_(writer) {}

  // The plain memory_info values.
  template <class Fill>
  void memory_info(Fill&& fill) {
    writer_.put_message<1, ProcessMemoryInfoWriter>(std::forward<Fill>(fill));
  }

  // Largest resident set so far. Linux: VmHWM.
  void peak_rss(uint64_t value) { writer_.put_uint64<2>(value); }

  // Largest virtual size so far. Linux: VmPeak.
  void peak_vms(uint64_t value) { writer_.put_uint64<3>(value); }

  // Resident anonymous memory. Linux: RssAnon.
  void rss_anon(uint64_t value) { writer_.put_uint64<4>(value); }

  // Resident file mappings. Linux: RssFile.
  void rss_file(uint64_t value) { writer_.put_uint64<5>(value); }

  // Resident shared memory. Linux: RssShmem.
  void rss_shmem(uint64_t value) { writer_.put_uint64<6>(value); }

  // Swapped-out memory. Linux: VmSwap.
  void swap(uint64_t value) { writer_.put_uint64<7>(value); }

  // Huge pages. Linux: HugetlbPages.
  void hugetlb(uint64_t value) { writer_.put_uint64<8>(value); }

  // Virtual size. Windows.
  void virtual_(uint64_t value) { writer_.put_uint64<9>(value); }

  // Largest virtual size so far. Windows.
  void peak_virtual(uint64_t value) { writer_.put_uint64<10>(value); }

 private:
  wire::Writer& writer_;
};

// Context switches so far; counters.
class ProcessCtxSwitchesWriter {
 public:
  explicit ProcessCtxSwitchesWriter(wire::Writer& writer) : writer_(writer) {}

  // Gave the CPU up by itself. Windows: all switches.
  void voluntary(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Was taken off the CPU. Windows: always 0.
  void involuntary(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Input and output of a process so far; counters.
class ProcessIoCountersWriter {
 public:
  explicit ProcessIoCountersWriter(wire::Writer& writer) : writer_(writer) {}

  // Read calls.
  void read_count(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Write calls.
  void write_count(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Bytes that came from storage. Windows: bytes read.
  void read_bytes(uint64_t value) {
    if (value != 0) writer_.put_uint64<3>(value);
  }

  // Bytes that went to storage. Windows: bytes written.
  void write_bytes(uint64_t value) {
    if (value != 0) writer_.put_uint64<4>(value);
  }

  // Bytes read by any read call, caches and pipes included. Linux.
  void read_chars(uint64_t value) { writer_.put_uint64<5>(value); }

  // Bytes written by any write call. Linux.
  void write_chars(uint64_t value) { writer_.put_uint64<6>(value); }

  // Calls that neither read nor wrote. Windows.
  void other_count(uint64_t value) { writer_.put_uint64<7>(value); }

  // Bytes moved by such calls. Windows.
  void other_bytes(uint64_t value) { writer_.put_uint64<8>(value); }

 private:
  wire::Writer& writer_;
};

// Page faults so far; counters.
class ProcessPageFaultsWriter {
 public:
  explicit ProcessPageFaultsWriter(wire::Writer& writer) : writer_(writer) {}

  // Served without reading from storage.
  void minor_(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Needed a read from storage.
  void major_(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// User or group ids of a process.
class ProcessIdsWriter {
 public:
  explicit ProcessIdsWriter(wire::Writer& writer) : writer_(writer) {}

  // Real id: who started it.
  void real(uint32_t value) {
    if (value != 0) writer_.put_uint32<1>(value);
  }

  // Effective id: whose rights it has.
  void effective(uint32_t value) {
    if (value != 0) writer_.put_uint32<2>(value);
  }

  // Saved id: what it may switch back to.
  void saved(uint32_t value) {
    if (value != 0) writer_.put_uint32<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// Input/output priority of a process.
class ProcessIoniceWriter {
 public:
  explicit ProcessIoniceWriter(wire::Writer& writer) : writer_(writer) {}

  // Scheduling class. Linux; absent on Windows.
  void ioclass(IoprioClass value) { writer_.put_enum<1>(value); }

  // 0 (first) to 7 within RT and BE. Linux.
  void value(uint32_t value) { writer_.put_uint32<2>(value); }

  // Priority. Windows; absent on Linux.
  void level(IoprioLevel value) { writer_.put_enum<3>(value); }

 private:
  wire::Writer& writer_;
};

// One thread of a process.
class ProcessThreadWriter {
 public:
  explicit ProcessThreadWriter(wire::Writer& writer) : writer_(writer) {}

  // Thread id.
  void id(int64_t value) {
    if (value != 0) writer_.put_int64<1>(value);
  }

  // CPU time in user mode, seconds; a counter.
  void user_time(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // CPU time in the kernel, seconds; a counter.
  void system_time(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// One mapped memory region, or all regions of one path when grouped; bytes.
class ProcessMemoryMapWriter {
 public:
  explicit ProcessMemoryMapWriter(wire::Writer& writer) : writer_(writer) {}

  // Address range in hex, e.g. "7f1c00000000-7f1c00021000"; absent when grouped.
  void addr(std::string_view value) { writer_.put_string<1>(value); }

  // Permissions, e.g. "r-xp"; absent when grouped.
  void perms(std::string_view value) { writer_.put_string<2>(value); }

  // Mapped file, or a kernel name such as "[heap]" or "[anon]".
  void path(std::string_view value) {
    if (!value.empty()) writer_.put_string<3>(value);
  }

  // Resident part. Windows: size of the region.
  void rss(uint64_t value) {
    if (value != 0) writer_.put_uint64<4>(value);
  }

  // Size of the region. Linux.
  void size(uint64_t value) { writer_.put_uint64<5>(value); }

  // Proportional share. Linux.
  void pss(uint64_t value) { writer_.put_uint64<6>(value); }

  // Resident, shared, unmodified. Linux.
  void shared_clean(uint64_t value) { writer_.put_uint64<7>(value); }

  // Resident, shared, modified. Linux.
  void shared_dirty(uint64_t value) { writer_.put_uint64<8>(value); }

  // Resident, private, unmodified. Linux.
  void private_clean(uint64_t value) { writer_.put_uint64<9>(value); }

  // Resident, private, modified. Linux.
  void private_dirty(uint64_t value) { writer_.put_uint64<10>(value); }

  // Recently used. Linux.
  void referenced(uint64_t value) { writer_.put_uint64<11>(value); }

  // Not backed by a file. Linux.
  void anonymous(uint64_t value) { writer_.put_uint64<12>(value); }

  // Swapped out. Linux.
  void swap(uint64_t value) { writer_.put_uint64<13>(value); }

 private:
  wire::Writer& writer_;
};

// One regular file a process has open.
class ProcessOpenFileWriter {
 public:
  explicit ProcessOpenFileWriter(wire::Writer& writer) : writer_(writer) {}

  // Absolute path, in the process's own view of the file system.
  void path(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // File descriptor; absent on Windows.
  void fd(int32_t value) { writer_.put_int32<2>(value); }

  // Offset of the descriptor, bytes. Linux.
  void position(uint64_t value) { writer_.put_uint64<3>(value); }

  // How it was opened: "r", "w", "a", "r+" or "a+". Linux.
  void mode(std::string_view value) { writer_.put_string<4>(value); }

  // Flags it was opened with, as open(2) takes them. Linux.
  void flags(uint32_t value) { writer_.put_uint32<5>(value); }

 private:
  wire::Writer& writer_;
};

// Where a process stands in the control groups. Linux.
class ProcessCgroupWriter {
 public:
  explicit ProcessCgroupWriter(wire::Writer& writer) : writer_(writer) {}

  // Path in the unified hierarchy (version 2), else in that of the service manager or else in the first one of version 1,
  // as the agent sees it, e.g. "/system.slice/ssh.service". "/" is the root.
  void path(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Id of the container, 64 hex digits as a rule; absent outside of containers that a known runtime named.
  void container_id(std::string_view value) { writer_.put_string<2>(value); }

  // Runtime that named the container, e.g. "docker", "containerd", "crio", "podman", "lxc", "nspawn"; absent if not known.
  void container_runtime(std::string_view value) { writer_.put_string<3>(value); }

  // Unit of the service manager, innermost: "ssh.service", "session-3.scope"; absent if no part of the path is one.
  void unit(std::string_view value) { writer_.put_string<4>(value); }

  // Slice of the service manager, innermost: "system.slice"; absent if no part of the path is one.
  void slice(std::string_view value) { writer_.put_string<5>(value); }

  // Paths in the hierarchies of version 1, by controllers as the kernel joins them, e.g. "cpu,cpuacct"; empty where
  // version 2 is alone.
  void v1_paths(std::string_view key, std::string_view value) {
    writer_.put_message<6, wire::Writer&>([&](wire::Writer& writer) {
      writer.put_string<1>(key);
      writer.put_string<2>(value);
    });
  }

 private:
  wire::Writer& writer_;
};

struct ProcessIonice;

// Input/output priority of a process.
struct ProcessIonice {
  // Scheduling class. Linux; absent on Windows.
  std::optional<IoprioClass> ioclass;
  // 0 (first) to 7 within RT and BE. Linux.
  std::optional<uint32_t> value;
  // Priority. Windows; absent on Linux.
  std::optional<IoprioLevel> level;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessIonice& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool ProcessIonice::parse(std::string_view bytes, ProcessIonice& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessIonice::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_enum(ioclass.emplace())) return reader.failed_in("ProcessIonice.ioclass");
        break;
      case 2:
        if (!reader.get_uint32(value.emplace())) return reader.failed_in("ProcessIonice.value");
        break;
      case 3:
        if (!reader.get_enum(level.emplace())) return reader.failed_in("ProcessIonice.level");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessIonice");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessIonice");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_VALUES_H_
