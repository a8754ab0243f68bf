// SPDX-License-Identifier: Apache-2.0
// What the handle of a process tells with the least rights on it.
#include "windows/file_names.h"
#include "windows/ntdll.h"
#include "windows/process_status.h"
#include "windows/process_target.h"
#include "windows/protected_processes.h"

namespace hostscope::windows_os {
namespace {

// The class that gives its threads this priority, for processes that cannot be opened.
std::optional<std::int32_t> class_of(std::int32_t base_priority) {
  switch (base_priority) {
    case 4:
      return IDLE_PRIORITY_CLASS;
    case 6:
      return BELOW_NORMAL_PRIORITY_CLASS;
    case 8:
      return NORMAL_PRIORITY_CLASS;
    case 10:
      return ABOVE_NORMAL_PRIORITY_CLASS;
    case 13:
      return HIGH_PRIORITY_CLASS;
    case 24:
      return REALTIME_PRIORITY_CLASS;
    default:
      return std::nullopt;
  }
}

// Another process that has got the pid since has another program, as a rule. Some have no file at all.
bool may_be_of(const std::string& path, const std::u16string& name) {
  return path.empty() || same_name(std::string_view(path).substr(path.rfind('\\') + 1), to_utf8(name));
}

}  // namespace

void WindowsProcessReader::read_status(Target& target) {
  if (!target.enter(ProcessSource::kStatus, {A::kStatus})) return;
  target.row.status = process_status(target.entry, *snapshot_);
  target.row.present.add(A::kStatus);
}

void WindowsProcessReader::read_username(Target& target) {
  auto& row = target.row;
  const auto pid = target.entry.pid;
  if (pid == kIdlePid || pid == kSystemPid) {
    row.username = "NT AUTHORITY\\SYSTEM";
    row.present.add(A::kUsername);
    return;
  }
  const auto& process = target.handle();
  if (!process) return target.fail({A::kUsername}, process.error);
  HANDLE opened = nullptr;
  if (!::OpenProcessToken(process.get(), TOKEN_QUERY, &opened)) return target.fail({A::kUsername}, ::GetLastError());
  const UniqueHandle token(opened);
  // A domain controller may be asked, over the network.
  if (!target.enter(ProcessSource::kUserName, {A::kUsername})) return;
  Account account;
  const DWORD error = context_->accounts.of_token(token.get(), account);
  if (error != ERROR_SUCCESS) return target.fail({A::kUsername}, error);
  row.username = account.shown();
  row.present.add(A::kUsername);
}

void WindowsProcessReader::read_exe(Target& target) {
  auto& row = target.row;
  row.exe.clear();
  const auto pid = target.entry.pid;
  if (pid == kIdlePid || pid == kSystemPid) {  // the kernel itself
    row.present.add(A::kExe);
    return;
  }
  if (!target.enter(ProcessSource::kExe, {A::kExe})) return;
  const auto& process = target.handle();
  const DWORD error = process ? program_path(process.get(), row.exe) : process.error;
  // Some that cannot be opened can still be asked about by number.
  if (error != ERROR_SUCCESS) {
    const bool told = program_path(pid, row.exe) == ERROR_SUCCESS && may_be_of(row.exe, target.entry.name);
    if (!told) return target.fail({A::kExe}, error);
  }
  row.present.add(A::kExe);
}

void WindowsProcessReader::read_nice(Target& target) {
  auto& row = target.row;
  const auto& process = target.handle();
  DWORD error = process.error;
  if (process) {
    row.nice = static_cast<std::int32_t>(::GetPriorityClass(process.get()));
    if (row.nice != 0) {
      row.present.add(A::kNice);
      return;
    }
    error = ::GetLastError();
  }
  const auto from_threads = class_of(target.entry.base_priority);
  if (!from_threads) return target.fail({A::kNice}, error);
  row.nice = *from_threads;
  row.present.add(A::kNice);
}

void WindowsProcessReader::read_ionice(Target& target) {
  if (!target.enter(ProcessSource::kIonice, {A::kIonice})) return;
  const auto& process = target.handle();
  if (!process) return target.fail({A::kIonice}, process.error);
  ULONG level = 0;
  const auto error = query_process(process.get(), kProcessIoPriority, level);
  if (error != ERROR_SUCCESS) return target.fail({A::kIonice}, error);
  // The schema's levels begin with 1, and have no "critical", which is the memory manager's own.
  const auto known = static_cast<gen::IoprioLevel>(level + 1);
  if (!gen::is_known(known)) return target.fail({A::kIonice}, ERROR_INVALID_DATA);
  target.row.ionice = {std::nullopt, std::nullopt, known};
  target.row.present.add(A::kIonice);
}

void WindowsProcessReader::read_cpu_affinity(Target& target) {
  if (!target.enter(ProcessSource::kAffinity, {A::kCpuAffinity})) return;
  const auto& process = target.handle();
  if (!process) return target.fail({A::kCpuAffinity}, process.error);
  DWORD_PTR own = 0, all = 0;
  if (!::GetProcessAffinityMask(process.get(), &own, &all)) return target.fail({A::kCpuAffinity}, ::GetLastError());
  // Of a process in several groups of 64 CPUs one mask cannot tell.
  if (own == 0) return target.fail({A::kCpuAffinity}, ERROR_NOT_SUPPORTED);
  for (std::uint32_t cpu = 0; cpu < 64; ++cpu) {
    if ((own >> cpu & 1) != 0) target.row.cpu_affinity.push_back(cpu);
  }
  target.row.present.add(A::kCpuAffinity);
}

}  // namespace hostscope::windows_os
