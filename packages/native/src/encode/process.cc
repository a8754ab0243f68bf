// SPDX-License-Identifier: Apache-2.0
#include "encode/process.h"

#include <algorithm>
#include <limits>

#include "encode/process_details.h"

namespace hostscope::encode {
namespace {

using A = model::ProcessAttribute;

void cpu_times(const model::ProcessCpuTimes& in, gen::ProcessCpuTimesWriter& out) {
  out.user(in.user);
  out.system(in.system);
  out.children_user(in.children_user);
  out.children_system(in.children_system);
  if (in.iowait) out.iowait(*in.iowait);
}

void io_counters(const model::ProcessIoCounters& in, gen::ProcessIoCountersWriter& out) {
  out.read_count(in.read_count);
  out.write_count(in.write_count);
  out.read_bytes(in.read_bytes);
  out.write_bytes(in.write_bytes);
  if (in.read_chars) out.read_chars(*in.read_chars);
  if (in.write_chars) out.write_chars(*in.write_chars);
  if (in.other_count) out.other_count(*in.other_count);
  if (in.other_bytes) out.other_bytes(*in.other_bytes);
}

void ids(const model::ProcessIds& in, gen::ProcessIdsWriter& out) {
  out.real(in.real);
  out.effective(in.effective);
  out.saved(in.saved);
}

std::uint32_t microseconds_after(std::uint64_t later_ns, std::uint64_t earlier_ns) {
  const std::uint64_t micros = later_ns > earlier_ns ? (later_ns - earlier_ns) / 1000 : 0;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(micros, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

void cpu_percent(const model::ProcessCpuPercent& in, gen::ProcessInfoWriter& out) {
  out.cpu_percent([&](auto& w) {
    w.percent(in.percent);
    w.interval(in.interval);
  });
}

void attribute_failure(const model::AttributeFailure& failure, gen::ProcessInfoWriter& out) {
  out.failures([&](auto& w) {
    w.attribute(failure.attribute);
    w.outcome(failure.outcome);
    if (failure.os_error != 0) w.os_error(failure.os_error);
  });
}

void process_row(const model::ProcessRow& row, std::uint64_t sample_ns, gen::ProcessInfoWriter& out) {
  const auto has = [&](A attribute) { return row.present.has(attribute); };
  out.ref([&](auto& w) { process_ref(row.ref, w); });
  for (const auto& failure : row.failures) attribute_failure(failure, out);
  out.sampled_after_us(microseconds_after(row.monotonic_ns, sample_ns));
  if (has(A::kPid)) out.pid(row.ref.pid);
  if (has(A::kName)) out.name(row.name);
  if (has(A::kStatus)) out.status(row.status);
  if (has(A::kPpid)) out.ppid(row.ppid);
  if (has(A::kCreateTime)) out.create_time(row.create_time);
  if (has(A::kCpuTimes)) out.cpu_times([&](auto& w) { cpu_times(row.cpu_times, w); });
  if (has(A::kMemoryInfo)) out.memory_info([&](auto& w) { memory_info(row.memory_info, w); });
  if (has(A::kNumThreads)) out.num_threads(row.num_threads);
  if (has(A::kUsername)) out.username(row.username);
  if (has(A::kCmdline)) {
    for (const auto& argument : row.cmdline) out.cmdline(argument);
  }
  if (has(A::kExe)) out.exe(row.exe);
  if (has(A::kNumCtxSwitches)) {
    out.num_ctx_switches([&](auto& w) {
      w.voluntary(row.num_ctx_switches.voluntary);
      w.involuntary(row.num_ctx_switches.involuntary);
    });
  }
  if (has(A::kIoCounters)) out.io_counters([&](auto& w) { io_counters(row.io_counters, w); });
  if (has(A::kNice)) out.nice(row.nice);
  if (has(A::kCpuPercent)) cpu_percent(row.cpu_percent, out);
  if (has(A::kMemoryPercent)) out.memory_percent(row.memory_percent);
  if (has(A::kUids)) out.uids([&](auto& w) { ids(row.uids, w); });
  if (has(A::kGids)) out.gids([&](auto& w) { ids(row.gids, w); });
  if (has(A::kTerminal)) out.terminal(row.terminal);
  if (has(A::kCpuNum)) out.cpu_num(row.cpu_num);
  if (has(A::kPageFaults)) {
    out.page_faults([&](auto& w) {
      w.minor_(row.page_faults.minor);
      w.major_(row.page_faults.major);
    });
  }
  process_details(row, out);
}

}  // namespace hostscope::encode
