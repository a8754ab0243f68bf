// SPDX-License-Identifier: Apache-2.0
#include "linux/linux_process_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/clock.h"
#include "linux/exit_code.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

// Whether the process has not even ended, by its pidfd, which costs a tenth of reading stat again. False: not known.
bool runs(const ProcessHandle& handle) {
  pollfd end{.fd = handle.pidfd.get(), .events = POLLIN, .revents = 0};
  return handle.pidfd && ::poll(&end, 1, 0) == 0;
}

}  // namespace

LinuxProcessReader::Alive LinuxProcessReader::alive(const Target& target) {
  const auto again = second_reader_.read_record(target.directory(), "stat");
  if (gone(again.error)) return Alive::kNo;
  const auto stat = parse_process_stat(again.text);
  return stat && stat->has_ended() ? Alive::kZombie : Alive::kYes;
}

bool LinuxProcessReader::fail(Target& target, AttributeSet attributes, int error) {
  if (gone(error)) {
    // One missing file is not a missing process: only the process's own stat tells.
    const Alive state = alive(target);
    if (state == Alive::kNo) return false;
    const auto outcome = state == Alive::kZombie ? AttributeOutcome::kZombie : AttributeOutcome::kUnsupported;
    target.row.fail(target.wanted(attributes), outcome, error);
    return true;
  }
  target.row.fail(target.wanted(attributes), outcome_of(error), error);
  return true;
}

RowOutcome LinuxProcessReader::read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard,
                                    model::ProcessRow& row) {
  Target target{pid, query, guard, row};
  target.handle = context_->handles.take(pid);
  const bool kept = target.handle != nullptr;
  auto outcome = read_row(target);
  if (outcome == RowOutcome::kGone && target.handle) {
    context_->ended.add(context_->proc.get(), pid, *target.handle);
  }
  if (outcome == RowOutcome::kGone && kept) {
    // Who was kept is gone, but the pid may belong to another by now.
    target.handle = nullptr;
    target.has_stat = target.has_statm = target.has_fds = false;
    target.attributes = query.attributes;
    target.shares.reset();
    outcome = read_row(target);
  }
  if (outcome == RowOutcome::kRead && target.handle && (kept || query.keep_open)) {
    target.handle->keep_for = std::max(target.handle->keep_for, query.keep_for);
    context_->handles.put(pid, std::move(target.handle));
  }
  return outcome;
}

RowOutcome LinuxProcessReader::read_row(Target& target) {
  auto& row = target.row;
  row.clear();
  row.ref.pid = target.pid;
  row.monotonic_ns = core::monotonic_ns();
  if (!target.enter(ProcessSource::kStat, kKnown)) {
    row.fail(target.query.attributes.without(kKnown), AttributeOutcome::kUnsupported);
    return RowOutcome::kRead;
  }
  if (!open(target)) return RowOutcome::kGone;
  if (!target.handle) return RowOutcome::kRead;
  if (!read_stat(target)) return RowOutcome::kGone;
  if (target.has_stat && target.query.marks_runs) skip_unchanged(target);
  if (target.wants(A::kPid)) row.present.add(A::kPid);
  if (!target.wanted(from_status()).empty() && !read_status(target)) return RowOutcome::kGone;
  if (!target.wanted(kFromStatm).empty() && !read_statm(target)) return RowOutcome::kGone;
  if (target.wants(A::kCmdline) && !read_cmdline(target)) return RowOutcome::kGone;
  if (target.has_stat && target.wants(A::kName) && !fill_name(target)) return RowOutcome::kGone;
  if (target.wants(A::kExe) && !read_exe(target)) return RowOutcome::kGone;
  if (target.wants(A::kIoCounters) && !read_io(target)) return RowOutcome::kGone;
  if (!(target.wanted(kDetails) | target.wanted_from_shares()).empty() && !read_details(target))
    return RowOutcome::kGone;
  // System calls take a pid, which may have got a new owner before the call. If the process of this handle is still
  // there after it, the pid was its own all the time, and so are the answers.
  if (target.asked_by_pid && !runs(*target.handle) && alive(target) == Alive::kNo) return RowOutcome::kGone;
  row.fail(target.query.attributes.without(kKnown), AttributeOutcome::kUnsupported);
  return RowOutcome::kRead;
}

std::optional<ProcessStat> LinuxProcessReader::stat_of(std::int64_t pid, ReadGuard& guard) {
  if (!guard.enter(pid, static_cast<std::uint8_t>(ProcessSource::kStat))) return std::nullopt;
  const auto file = reader_.read_record(context_->proc.get(), (std::to_string(pid) + "/stat").c_str());
  return file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
}

std::optional<CpuMark> LinuxProcessReader::cpu_mark(std::int64_t pid, ReadGuard& guard) {
  const auto stat = stat_of(pid, guard);
  if (!stat) return std::nullopt;
  return CpuMark{stat->starttime, stat->utime + stat->stime, core::monotonic_ns()};
}

std::optional<ProcessKin> LinuxProcessReader::kin(std::int64_t pid, ReadGuard& guard) {
  const auto stat = stat_of(pid, guard);
  return stat ? std::optional(ProcessKin{stat->ppid, stat->starttime}) : std::nullopt;
}

std::optional<std::int32_t> LinuxProcessReader::returncode(const model::ProcessRef& ended) {
  return context_->ended.returncode(context_->proc.get(), ended, context_->handles);
}

bool LinuxProcessReader::open(Target& target) {
  if (target.handle) return true;
  auto handle = std::make_unique<ProcessHandle>();
  char name[24];
  *std::to_chars(name, name + sizeof name - 1, target.pid).ptr = '\0';
  handle->directory = UniqueFd(::openat(context_->proc.get(), name, O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!handle->directory) {
    if (gone(errno)) return false;
    target.row.fail(target.query.attributes, outcome_of(errno), errno);
    return true;
  }
  if (context_->has_pidfd_inode) {
    // Before stat is read: that stat can still be read then proves that the pidfd is of the same process.
    handle->pidfd = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, target.pid, 0)));
    struct stat info {};
    if (handle->pidfd && ::fstat(handle->pidfd.get(), &info) == 0) handle->pidfd_inode = info.st_ino;
  }
  target.handle = std::move(handle);
  return true;
}

FileText LinuxProcessReader::read_file(Target& target, ProcessHandle::File file) {
  constexpr std::array<const char*, ProcessHandle::kFiles> kNames{"stat", "status",  "statm",
                                                                  "io",   "cmdline", "schedstat"};
  return reader_.read_record(target.handle->files[file], target.directory(), kNames[file]);
}

bool LinuxProcessReader::read_stat(Target& target) {
  const auto file = read_file(target, ProcessHandle::kStat);
  if (gone(file.error)) return false;
  const auto stat = parse_process_stat(file.text);
  if (file.error != 0 || !stat) {
    target.row.fail(target.wanted(kFromStat), outcome_of(file.error), file.error);
    return true;
  }
  target.stat = *stat;
  target.has_stat = true;
  target.handle->start = stat->starttime;
  if (stat->state == 'Z' && !target.handle->returncode) {
    target.handle->returncode = returncode_in_stat(file.text, stat->num_threads, target.directory());
  }
  comm_ = stat->comm;
  target.stat.comm = comm_;  // the reader's buffer is used again for the next file
  target.row.ref.start = stat->starttime;
  target.row.ref.boot = context_->boot;
  target.row.ref.pidfd_inode = target.handle->pidfd_inode;
  fill_from_stat(target);
  return true;
}

void LinuxProcessReader::fill_from_stat(Target& target) {
  const auto& stat = target.stat;
  auto& row = target.row;
  const double tick = 1 / context_->ticks_per_second;
  row.status = process_status(stat.state);
  row.ppid = stat.ppid;
  row.num_threads = stat.num_threads;
  row.nice = stat.nice;
  row.cpu_num = stat.processor;
  row.page_faults = {stat.minflt, stat.majflt};
  row.cpu_times.user = static_cast<double>(stat.utime) / context_->ticks_per_second;
  row.cpu_times.system = static_cast<double>(stat.stime) / context_->ticks_per_second;
  row.cpu_times.children_user = static_cast<double>(stat.cutime) * tick;
  row.cpu_times.children_system = static_cast<double>(stat.cstime) * tick;
  row.cpu_times.iowait = static_cast<double>(stat.blkio_ticks) * tick;
  constexpr AttributeSet kPlain{A::kStatus, A::kPpid,   A::kCpuTimes,  A::kNumThreads,
                                A::kNice,   A::kCpuNum, A::kPageFaults};
  row.present = row.present | target.wanted(kPlain);
  if (target.wants(A::kCreateTime)) {
    if (target.query.boot_time) {
      row.create_time = *target.query.boot_time + static_cast<double>(stat.starttime) / context_->ticks_per_second;
      row.present.add(A::kCreateTime);
    } else {
      row.fail({A::kCreateTime}, AttributeOutcome::kFailed);
    }
  }
  if (target.wants(A::kTerminal)) {
    if (auto name = context_->terminals.name(stat.tty_nr, scans_)) {
      row.terminal = std::move(*name);
      row.present.add(A::kTerminal);
    }
  }
  if (target.wants(A::kCpuPercent)) fill_cpu_percent(target);
}

void LinuxProcessReader::fill_cpu_percent(Target& target) {
  auto& row = target.row;
  row.cpu_ticks = target.stat.utime + target.stat.stime;
  const auto percent = cpu_percent_since(mark_of(target.query, target.pid), target.stat, row.monotonic_ns);
  if (!percent) return;
  row.cpu_percent = *percent;
  row.present.add(A::kCpuPercent);
}

std::optional<model::ProcessCpuPercent> LinuxProcessReader::cpu_percent(std::int64_t pid, std::uint64_t start,
                                                                        const CpuMarks& marks, ReadGuard& guard) {
  const auto now = core::monotonic_ns();
  const auto stat = stat_of(pid, guard);
  if (!stat || stat->starttime != start) return std::nullopt;
  return cpu_percent_since(mark_of(marks, pid), *stat, now);
}

std::optional<model::ProcessCpuPercent> LinuxProcessReader::cpu_percent_since(const CpuMark* mark,
                                                                              const ProcessStat& stat,
                                                                              std::uint64_t monotonic_ns) const {
  const std::uint64_t ticks = stat.utime + stat.stime;
  double used = 0, interval = 0;
  if (mark != nullptr && mark->start == stat.starttime) {
    used = static_cast<double>(ticks - std::min(ticks, mark->ticks));
    interval = static_cast<double>(monotonic_ns - std::min(monotonic_ns, mark->monotonic_ns)) / 1e9;
  } else {
    // Born after the first sample: its whole life is the interval.
    used = static_cast<double>(ticks);
    interval = static_cast<double>(core::boottime_ns()) / 1e9 -
               static_cast<double>(stat.starttime) / context_->ticks_per_second;
  }
  if (interval <= 0) return std::nullopt;
  return model::ProcessCpuPercent{100 * used / context_->ticks_per_second / interval, interval};
}

}  // namespace hostscope::linux_os
