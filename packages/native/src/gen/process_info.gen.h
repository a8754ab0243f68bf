// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_info.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_INFO_H_
#define HOSTSCOPE_GEN_PROCESS_INFO_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "gen/network.gen.h"
#include "gen/process_values.gen.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Names the attributes of ProcessInfo; each number equals the number of the ProcessInfo field of the same name.
enum class ProcessAttribute : int32_t {
  // Not an attribute; refused in requests.
  kUnspecified = 0,
  // ProcessInfo.pid.
  kPid = 4,
  // ProcessInfo.name.
  kName = 5,
  // ProcessInfo.status.
  kStatus = 6,
  // ProcessInfo.ppid.
  kPpid = 7,
  // ProcessInfo.create_time.
  kCreateTime = 8,
  // ProcessInfo.cpu_times.
  kCpuTimes = 9,
  // ProcessInfo.memory_info.
  kMemoryInfo = 10,
  // ProcessInfo.num_threads.
  kNumThreads = 11,
  // ProcessInfo.username.
  kUsername = 12,
  // ProcessInfo.cmdline.
  kCmdline = 13,
  // ProcessInfo.exe.
  kExe = 14,
  // ProcessInfo.num_ctx_switches.
  kNumCtxSwitches = 15,
  // ProcessInfo.io_counters.
  kIoCounters = 16,
  // ProcessInfo.nice.
  kNice = 17,
  // ProcessInfo.cpu_percent.
  kCpuPercent = 18,
  // ProcessInfo.memory_percent.
  kMemoryPercent = 19,
  // ProcessInfo.uids.
  kUids = 20,
  // ProcessInfo.gids.
  kGids = 21,
  // ProcessInfo.terminal.
  kTerminal = 22,
  // ProcessInfo.cpu_num.
  kCpuNum = 23,
  // ProcessInfo.cwd.
  kCwd = 24,
  // ProcessInfo.environ.
  kEnviron = 25,
  // ProcessInfo.ionice.
  kIonice = 26,
  // ProcessInfo.num_fds.
  kNumFds = 27,
  // ProcessInfo.num_handles.
  kNumHandles = 28,
  // ProcessInfo.threads.
  kThreads = 29,
  // ProcessInfo.cpu_affinity.
  kCpuAffinity = 30,
  // ProcessInfo.memory_full_info.
  kMemoryFullInfo = 31,
  // ProcessInfo.memory_maps.
  kMemoryMaps = 32,
  // ProcessInfo.open_files.
  kOpenFiles = 33,
  // ProcessInfo.connections.
  kConnections = 34,
  // ProcessInfo.page_faults.
  kPageFaults = 35,
  // ProcessInfo.memory_info_ex.
  kMemoryInfoEx = 36,
  // ProcessInfo.cgroup.
  kCgroup = 37,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ProcessAttribute value) {
  switch (value) {
    case ProcessAttribute::kUnspecified:
    case ProcessAttribute::kPid:
    case ProcessAttribute::kName:
    case ProcessAttribute::kStatus:
    case ProcessAttribute::kPpid:
    case ProcessAttribute::kCreateTime:
    case ProcessAttribute::kCpuTimes:
    case ProcessAttribute::kMemoryInfo:
    case ProcessAttribute::kNumThreads:
    case ProcessAttribute::kUsername:
    case ProcessAttribute::kCmdline:
    case ProcessAttribute::kExe:
    case ProcessAttribute::kNumCtxSwitches:
    case ProcessAttribute::kIoCounters:
    case ProcessAttribute::kNice:
    case ProcessAttribute::kCpuPercent:
    case ProcessAttribute::kMemoryPercent:
    case ProcessAttribute::kUids:
    case ProcessAttribute::kGids:
    case ProcessAttribute::kTerminal:
    case ProcessAttribute::kCpuNum:
    case ProcessAttribute::kCwd:
    case ProcessAttribute::kEnviron:
    case ProcessAttribute::kIonice:
    case ProcessAttribute::kNumFds:
    case ProcessAttribute::kNumHandles:
    case ProcessAttribute::kThreads:
    case ProcessAttribute::kCpuAffinity:
    case ProcessAttribute::kMemoryFullInfo:
    case ProcessAttribute::kMemoryMaps:
    case ProcessAttribute::kOpenFiles:
    case ProcessAttribute::kConnections:
    case ProcessAttribute::kPageFaults:
    case ProcessAttribute::kMemoryInfoEx:
    case ProcessAttribute::kCgroup:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ProcessAttribute value) {
  switch (value) {
    case ProcessAttribute::kUnspecified:
      return "unspecified";
    case ProcessAttribute::kPid:
      return "pid";
    case ProcessAttribute::kName:
      return "name";
    case ProcessAttribute::kStatus:
      return "status";
    case ProcessAttribute::kPpid:
      return "ppid";
    case ProcessAttribute::kCreateTime:
      return "create_time";
    case ProcessAttribute::kCpuTimes:
      return "cpu_times";
    case ProcessAttribute::kMemoryInfo:
      return "memory_info";
    case ProcessAttribute::kNumThreads:
      return "num_threads";
    case ProcessAttribute::kUsername:
      return "username";
    case ProcessAttribute::kCmdline:
      return "cmdline";
    case ProcessAttribute::kExe:
      return "exe";
    case ProcessAttribute::kNumCtxSwitches:
      return "num_ctx_switches";
    case ProcessAttribute::kIoCounters:
      return "io_counters";
    case ProcessAttribute::kNice:
      return "nice";
    case ProcessAttribute::kCpuPercent:
      return "cpu_percent";
    case ProcessAttribute::kMemoryPercent:
      return "memory_percent";
    case ProcessAttribute::kUids:
      return "uids";
    case ProcessAttribute::kGids:
      return "gids";
    case ProcessAttribute::kTerminal:
      return "terminal";
    case ProcessAttribute::kCpuNum:
      return "cpu_num";
    case ProcessAttribute::kCwd:
      return "cwd";
    case ProcessAttribute::kEnviron:
      return "environ";
    case ProcessAttribute::kIonice:
      return "ionice";
    case ProcessAttribute::kNumFds:
      return "num_fds";
    case ProcessAttribute::kNumHandles:
      return "num_handles";
    case ProcessAttribute::kThreads:
      return "threads";
    case ProcessAttribute::kCpuAffinity:
      return "cpu_affinity";
    case ProcessAttribute::kMemoryFullInfo:
      return "memory_full_info";
    case ProcessAttribute::kMemoryMaps:
      return "memory_maps";
    case ProcessAttribute::kOpenFiles:
      return "open_files";
    case ProcessAttribute::kConnections:
      return "connections";
    case ProcessAttribute::kPageFaults:
      return "page_faults";
    case ProcessAttribute::kMemoryInfoEx:
      return "memory_info_ex";
    case ProcessAttribute::kCgroup:
      return "cgroup";
  }
  return "unspecified";
}

// Why an attribute that was asked for has no value.
enum class AttributeOutcome : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // The operating system refused the agent; psutil's AccessDenied.
  kDenied = 1,
  // The process ended while it was read; psutil's NoSuchProcess.
  kGone = 2,
  // The process is a zombie and has no such value any more; psutil's ZombieProcess.
  kZombie = 3,
  // This platform or this version of hostscope has no such attribute.
  kUnsupported = 4,
  // The kernel did not answer within the agent's limit for one field, e.g. the target holds its memory lock.
  kTimedOut = 5,
  // The kernel gave an unexpected error; os_error has its number.
  kFailed = 6,
  // The caller lacks the grant that this attribute needs; decided by the agent, not by the operating system.
  kNotPermitted = 7,
};

// Whether this version of the schema has the value.
constexpr bool is_known(AttributeOutcome value) {
  switch (value) {
    case AttributeOutcome::kUnspecified:
    case AttributeOutcome::kDenied:
    case AttributeOutcome::kGone:
    case AttributeOutcome::kZombie:
    case AttributeOutcome::kUnsupported:
    case AttributeOutcome::kTimedOut:
    case AttributeOutcome::kFailed:
    case AttributeOutcome::kNotPermitted:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(AttributeOutcome value) {
  switch (value) {
    case AttributeOutcome::kUnspecified:
      return "unspecified";
    case AttributeOutcome::kDenied:
      return "denied";
    case AttributeOutcome::kGone:
      return "gone";
    case AttributeOutcome::kZombie:
      return "zombie";
    case AttributeOutcome::kUnsupported:
      return "unsupported";
    case AttributeOutcome::kTimedOut:
      return "timed_out";
    case AttributeOutcome::kFailed:
      return "failed";
    case AttributeOutcome::kNotPermitted:
      return "not_permitted";
  }
  return "unspecified";
}

class AttributeFailureWriter;
class ProcessInfoWriter;

// One attribute that was asked for and has no value.
class AttributeFailureWriter {
 public:
  explicit AttributeFailureWriter(wire::Writer& writer) : writer_(writer) {}

  // Which.
  void attribute(ProcessAttribute value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Why.
  void outcome(AttributeOutcome value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The operating system's error number, where one was given.
  void os_error(int32_t value) { writer_.put_int32<3>(value); }

 private:
  wire::Writer& writer_;
};

// One process. Holds the attributes that were asked for; one that is absent (or an empty list) and not in `failures`
// is known to have no value: psutil's None, or an empty list. All values of a row belong to the same process: they are
// read through one handle on it.
class ProcessInfoWriter {
 public:
  explicit ProcessInfoWriter(wire::Writer& writer) : writer_(writer) {}

  // Identity of the process; always there.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Attributes asked for that could not be read.
  template <class Fill>
  void failures(Fill&& fill) {
    writer_.put_message<2, AttributeFailureWriter>(std::forward<Fill>(fill));
  }

  // When this row was read, in microseconds after the response's Sample.
  void sampled_after_us(uint32_t value) { writer_.put_uint32<3>(value); }

  // Process id.
  void pid(int64_t value) { writer_.put_int64<4>(value); }

  // Program name. Linux: comm of /proc/PID/stat, completed from the command line when the kernel cut it at 15 bytes.
  void name(std::string_view value) { writer_.put_string<5>(value); }

  // Scheduler state. Linux: /proc/PID/stat field 3.
  void status(ProcessStatus value) { writer_.put_enum<6>(value); }

  // Parent's pid; changes when the parent ends (not on Windows). 0: none visible. Linux: /proc/PID/stat field 4.
  void ppid(int64_t value) { writer_.put_int64<7>(value); }

  // Start, seconds since the epoch: kernel start mark plus boot time. Shifts when the wall clock is set; use ref for
  // identity.
  void create_time(double value) { writer_.put_double<8>(value); }

  // CPU time used so far, seconds; counters. Linux: /proc/PID/stat fields 14-17, 42.
  template <class Fill>
  void cpu_times(Fill&& fill) {
    writer_.put_message<9, ProcessCpuTimesWriter>(std::forward<Fill>(fill));
  }

  // Memory in use, bytes. Linux: /proc/PID/statm.
  template <class Fill>
  void memory_info(Fill&& fill) {
    writer_.put_message<10, ProcessMemoryInfoWriter>(std::forward<Fill>(fill));
  }

  // Number of threads. Linux: /proc/PID/stat field 20.
  void num_threads(uint32_t value) { writer_.put_uint32<11>(value); }

  // Name of the real user; the number as text if it has no name. Windows: DOMAIN\user.
  void username(std::string_view value) { writer_.put_string<12>(value); }

  // Arguments, program first; empty for kernel threads. Needs the cmdline grant. Linux: /proc/PID/cmdline.
  void cmdline(std::string_view value) { writer_.put_string<13>(value); }

  // Absolute path of the executable; empty for kernel threads. Linux: link /proc/PID/exe.
  void exe(std::string_view value) { writer_.put_string<14>(value); }

  // Context switches so far; counters. Linux: of the main thread only, /proc/PID/status.
  template <class Fill>
  void num_ctx_switches(Fill&& fill) {
    writer_.put_message<15, ProcessCtxSwitchesWriter>(std::forward<Fill>(fill));
  }

  // Input and output so far; counters. Linux: /proc/PID/io.
  template <class Fill>
  void io_counters(Fill&& fill) {
    writer_.put_message<16, ProcessIoCountersWriter>(std::forward<Fill>(fill));
  }

  // Niceness -20..19 (lower runs first) on POSIX, priority class on Windows.
  void nice(int32_t value) { writer_.put_int32<17>(value); }

  // CPU use over an interval measured by the agent; may exceed 100 with several threads.
  template <class Fill>
  void cpu_percent(Fill&& fill) {
    writer_.put_message<18, ProcessCpuPercentWriter>(std::forward<Fill>(fill));
  }

  // Share of the host's physical memory, percent, of the memory type asked for (resident set by default).
  void memory_percent(double value) { writer_.put_double<19>(value); }

  // Real, effective and saved user ids. Not on Windows. Linux: Uid of /proc/PID/status.
  template <class Fill>
  void uids(Fill&& fill) {
    writer_.put_message<20, ProcessIdsWriter>(std::forward<Fill>(fill));
  }

  // Real, effective and saved group ids. Not on Windows. Linux: Gid of /proc/PID/status.
  template <class Fill>
  void gids(Fill&& fill) {
    writer_.put_message<21, ProcessIdsWriter>(std::forward<Fill>(fill));
  }

  // Controlling terminal, e.g. "/dev/pts/3"; absent without one. Not on Windows. Linux: /proc/PID/stat field 7.
  void terminal(std::string_view value) { writer_.put_string<22>(value); }

  // CPU it last ran on. Linux and FreeBSD. Linux: /proc/PID/stat field 39.
  void cpu_num(uint32_t value) { writer_.put_uint32<23>(value); }

  // Working directory. Linux: link /proc/PID/cwd.
  void cwd(std::string_view value) { writer_.put_string<24>(value); }

  // Environment at start. Needs the environ grant. Linux: /proc/PID/environ.
  void environ_(std::string_view key, std::string_view value) {
    writer_.put_message<25, wire::Writer&>([&](wire::Writer& writer) {
      writer.put_string<1>(key);
      writer.put_string<2>(value);
    });
  }

  // Input/output priority. Linux: ioprio_get(2); Windows: process I/O priority.
  template <class Fill>
  void ionice(Fill&& fill) {
    writer_.put_message<26, ProcessIoniceWriter>(std::forward<Fill>(fill));
  }

  // Open file descriptors. Not on Windows. Linux: entries of /proc/PID/fd.
  void num_fds(uint32_t value) { writer_.put_uint32<27>(value); }

  // Open handles. Windows only.
  void num_handles(uint32_t value) { writer_.put_uint32<28>(value); }

  // Threads with their CPU times, by id. Linux: /proc/PID/task.
  template <class Fill>
  void threads(Fill&& fill) {
    writer_.put_message<29, ProcessThreadWriter>(std::forward<Fill>(fill));
  }

  // CPUs it may run on, ascending. Linux, Windows, FreeBSD.
  void cpu_affinity(std::span<const uint32_t> values) {
    writer_.put_packed_varint<30>(values, [](uint64_t value) { return value; });
  }

  // Memory that would be freed if it ended now (uss) and its fair share (pss), bytes. Slow.
  template <class Fill>
  void memory_full_info(Fill&& fill) {
    writer_.put_message<31, ProcessMemoryFullInfoWriter>(std::forward<Fill>(fill));
  }

  // Mapped memory regions. Slow. Linux: /proc/PID/smaps.
  template <class Fill>
  void memory_maps(Fill&& fill) {
    writer_.put_message<32, ProcessMemoryMapWriter>(std::forward<Fill>(fill));
  }

  // Regular files it has open. Linux: /proc/PID/fd and fdinfo.
  template <class Fill>
  void open_files(Fill&& fill) {
    writer_.put_message<33, ProcessOpenFileWriter>(std::forward<Fill>(fill));
  }

  // Sockets it has open; psutil's connections(), net_connections() since 6.0.
  template <class Fill>
  void connections(Fill&& fill) {
    writer_.put_message<34, NetConnectionWriter>(std::forward<Fill>(fill));
  }

  // Page faults so far; counters. Linux: /proc/PID/stat fields 10 and 12.
  template <class Fill>
  void page_faults(Fill&& fill) {
    writer_.put_message<35, ProcessPageFaultsWriter>(std::forward<Fill>(fill));
  }

  // Peaks and kinds of resident memory, bytes; psutil 8.0's memory_info_ex().
  template <class Fill>
  void memory_info_ex(Fill&& fill) {
    writer_.put_message<36, ProcessMemoryInfoExWriter>(std::forward<Fill>(fill));
  }

  // Control group, and the container and service manager unit that it stands for. Linux: /proc/PID/cgroup.
  template <class Fill>
  void cgroup(Fill&& fill) {
    writer_.put_message<37, ProcessCgroupWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_INFO_H_
