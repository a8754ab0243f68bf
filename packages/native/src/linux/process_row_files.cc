// SPDX-License-Identifier: Apache-2.0
// The parts of a row that come from files other than stat.
#include "linux/process_files.h"
#include "linux/process_status.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::optional<std::uint64_t> memory_of(const model::ProcessMemoryInfo& info, gen::MemoryType type) {
  switch (type) {
    case gen::MemoryType::kUnspecified:
    case gen::MemoryType::kRss:
      return info.rss;
    case gen::MemoryType::kVms:
      return info.vms;
    case gen::MemoryType::kShared:
      return info.shared;
    case gen::MemoryType::kText:
      return info.text;
    case gen::MemoryType::kData:
      return info.data;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool LinuxProcessReader::fill_name(Target& target) {
  auto& row = target.row;
  row.name = target.stat.comm;
  row.present.add(A::kName);
  if (row.name.size() < kCommMax) return true;
  // Cut by the kernel, perhaps: the command line has the rest, if it begins like it.
  if (!target.wants(A::kCmdline)) {
    if (!target.guard.enter(target.pid, static_cast<std::uint8_t>(ProcessSource::kCmdline))) return true;
    const auto file = read_file(target, ProcessHandle::kCmdline);
    if (file.error != 0) return true;
    parse_cmdline(file.text, row.cmdline);
  }
  if (row.cmdline.empty()) return true;
  const auto full = base_name(row.cmdline.front());
  if (full.substr(0, row.name.size()) == row.name) row.name = full;
  return true;
}

bool LinuxProcessReader::read_status(Target& target) {
  const AttributeSet gives = from_status();
  if (!target.enter(ProcessSource::kStatus, gives)) return true;
  const auto file = read_file(target, ProcessHandle::kStatus);
  if (file.error != 0) return fail(target, gives, file.error);
  const auto status = parse_process_status(file.text);
  auto& row = target.row;
  const auto take = [&](A attribute, const auto& value, auto& slot) {
    if (!target.wants(attribute)) return;
    if (value) {
      slot = *value;
      row.present.add(attribute);
    } else {
      row.fail({attribute}, AttributeOutcome::kUnsupported);
    }
  };
  take(A::kUids, status.uids, row.uids);
  take(A::kGids, status.gids, row.gids);
  std::optional<model::ProcessCtxSwitches> switches;
  if (status.voluntary && status.involuntary) switches = {*status.voluntary, *status.involuntary};
  take(A::kNumCtxSwitches, switches, row.num_ctx_switches);
  row.memory_info_ex = status.memory;
  if (target.wanted(gives).has(A::kCpuAffinity)) fill_cpu_affinity(target, status.cpus_allowed);
  if (target.wants(A::kUsername)) {
    if (!status.uids) {
      row.fail({A::kUsername}, AttributeOutcome::kUnsupported);
    } else if (target.enter(ProcessSource::kUserName, {A::kUsername})) {
      row.username = context_->users.name(status.uids->real);
      row.present.add(A::kUsername);
    }
  }
  return true;
}

bool LinuxProcessReader::read_statm(Target& target) {
  if (!target.enter(ProcessSource::kStatm, kFromStatm)) return true;
  const auto file = read_file(target, ProcessHandle::kStatm);
  if (file.error != 0) return fail(target, kFromStatm, file.error);
  const auto info = parse_statm(file.text, context_->page_size);
  auto& row = target.row;
  if (!info) {
    row.fail(target.wanted(kFromStatm), AttributeOutcome::kFailed);
    return true;
  }
  row.memory_info = *info;
  target.has_statm = true;
  row.present = row.present | target.wanted({A::kMemoryInfo});
  if (target.wants(A::kMemoryInfoEx) && !row.failed.has(A::kMemoryInfoEx)) row.present.add(A::kMemoryInfoEx);
  const bool percent = target.wants(A::kMemoryPercent) && !target.wanted_from_shares().has(A::kMemoryPercent);
  if (percent) fill_memory_percent(target, memory_of(*info, target.query.memtype));
  return true;
}

void LinuxProcessReader::fill_memory_percent(Target& target, std::optional<std::uint64_t> bytes) {
  if (bytes && target.query.total_memory.value_or(0) > 0) {
    target.row.memory_percent = 100 * static_cast<double>(*bytes) / static_cast<double>(*target.query.total_memory);
    target.row.present.add(A::kMemoryPercent);
  } else {
    target.row.fail({A::kMemoryPercent}, AttributeOutcome::kUnsupported);
  }
}

bool LinuxProcessReader::read_cmdline(Target& target) {
  if (!target.enter(ProcessSource::kCmdline, kFromCmdline)) return true;
  const auto file = read_file(target, ProcessHandle::kCmdline);
  if (file.error != 0) return fail(target, kFromCmdline, file.error);
  auto& row = target.row;
  parse_cmdline(file.text, row.cmdline);
  if (row.cmdline.empty() && !target.stat.is_kernel_thread()) {
    const Alive state = alive(target);
    if (state == Alive::kNo) return false;
    if (state == Alive::kZombie) {
      row.fail(kFromCmdline, AttributeOutcome::kZombie);
      return true;
    }
  }
  row.present.add(A::kCmdline);
  return true;
}

bool LinuxProcessReader::read_io(Target& target) {
  if (!target.enter(ProcessSource::kIo, kFromIo)) return true;
  const auto file = read_file(target, ProcessHandle::kIo);
  if (file.error != 0) return fail(target, kFromIo, file.error);
  if (const auto io = parse_process_io(file.text)) {
    target.row.io_counters = *io;
    target.row.present.add(A::kIoCounters);
  } else {
    target.row.fail(kFromIo, AttributeOutcome::kFailed);
  }
  return true;
}

}  // namespace hostscope::linux_os
