// SPDX-License-Identifier: Apache-2.0
#include "windows/protected_processes.h"

#include <algorithm>
#include <array>

#include "windows/ntdll.h"
#include "windows/process_handle.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kMostAncestors = 1000;
// Most say so themselves, but not to everybody.
constexpr std::array<std::string_view, 6> kSystemNames{"csrss.exe", "lsass.exe",   "services.exe",
                                                       "smss.exe",  "wininit.exe", "winlogon.exe"};

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool is_critical(HANDLE process) {
  ULONG critical = 0;
  return process != nullptr && query_process(process, kProcessBreakOnTermination, critical) == ERROR_SUCCESS &&
         critical != 0;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

ProtectedProcesses::ProtectedProcesses(const ProcessSnapshot& snapshot, const std::vector<std::string>& names)
    : names_(names) {
  const auto* process = snapshot.find(static_cast<std::int64_t>(::GetCurrentProcessId()));
  while (process != nullptr && own_line_.size() < kMostAncestors) {
    own_line_.push_back(process->pid);
    const auto* const parent = process->parent == process->pid ? nullptr : snapshot.find(process->parent);
    // Who was born later has the pid of a parent that is gone.
    process = parent != nullptr && parent->create_time <= process->create_time ? parent : nullptr;
  }
}

std::optional<std::string> ProtectedProcesses::why(const ProcessEntry& process, HANDLE handle) const {
  if (process.pid == kIdlePid || process.pid == kSystemPid) return "it is a part of the kernel";
  if (!own_line_.empty() && process.pid == own_line_.front()) return "it is this very process";
  if (std::find(own_line_.begin(), own_line_.end(), process.pid) != own_line_.end()) {
    return "it is an ancestor of this very process";
  }
  const auto name = to_utf8(process.name);
  const auto named = [&](std::string_view wanted) { return same_name(name, wanted); };
  if (is_critical(handle) || std::any_of(kSystemNames.begin(), kSystemNames.end(), named)) {
    return "Windows ends with it";
  }
  if (std::any_of(names_.begin(), names_.end(), named)) return "its name is on the list of those to be left alone";
  return std::nullopt;
}

}  // namespace hostscope::windows_os
