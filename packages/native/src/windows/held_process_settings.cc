// SPDX-License-Identifier: Apache-2.0
// Priorities and CPUs of a process that is held. Windows sets them for all its threads.
#include <algorithm>
#include <array>

#include "windows/failure.h"
#include "windows/held_process.h"
#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

constexpr std::array<DWORD, 6> kPriorityClasses{IDLE_PRIORITY_CLASS,   BELOW_NORMAL_PRIORITY_CLASS,
                                                NORMAL_PRIORITY_CLASS, ABOVE_NORMAL_PRIORITY_CLASS,
                                                HIGH_PRIORITY_CLASS,   REALTIME_PRIORITY_CLASS};
constexpr std::uint32_t kMaskBits = 64;

}  // namespace

Result<gen::Guarantee> WindowsHeldProcess::set_limit(gen::RlimitResource, const model::ResourceLimit&) {
  return failure("set a limit", ERROR_NOT_SUPPORTED);
}

Result<gen::Guarantee> WindowsHeldProcess::set_nice(int nice, Threads) {
  const auto wanted = static_cast<DWORD>(nice);
  if (std::find(kPriorityClasses.begin(), kPriorityClasses.end(), wanted) == kPriorityClasses.end()) {
    return Status::invalid_argument("nice",
                                    "must be one of Windows' priority classes: 64 (idle), 16384 (below normal), "
                                    "32 (normal), 32768 (above normal), 128 (high) or 256 (real time)");
  }
  const auto process = with_right(PROCESS_SET_INFORMATION, "set the priority");
  if (!process) return process.status();
  const DWORD before = ::GetPriorityClass(process->get());
  if (!::SetPriorityClass(process->get(), wanted)) return failure("set the priority", ::GetLastError());
  // Without the privilege for it, real time silently becomes high.
  if (::GetPriorityClass(process->get()) != wanted && before != 0 && !has_ended()) {
    ::SetPriorityClass(process->get(), before);
    return failure("set the priority", ERROR_PRIVILEGE_NOT_HELD);
  }
  return gen::Guarantee::kAtomic;
}

Result<gen::Guarantee> WindowsHeldProcess::set_ionice(const gen::ProcessIonice& ionice, Threads) {
  if (ionice.ioclass || ionice.value) {
    return Status::invalid_argument("ionice.ioclass", "and a value are for Linux; Windows has a level");
  }
  if (!ionice.level) return Status::invalid_argument("ionice.level", "is required");
  if (*ionice.level == gen::IoprioLevel::kUnspecified || !gen::is_known(*ionice.level)) {
    return Status::invalid_argument("ionice.level", "is not one of the levels that there are");
  }
  if (ntdll().set_process == nullptr) return failure("set the input/output priority", ERROR_NOT_SUPPORTED);
  const auto process = with_right(PROCESS_SET_INFORMATION, "set the input/output priority");
  if (!process) return process.status();
  ULONG level = static_cast<ULONG>(*ionice.level) - 1;
  const auto done = ntdll().set_process(process->get(), kProcessIoPriority, &level, sizeof level);
  if (done != kNtSuccess) return failure("set the input/output priority", win32_error(done));
  return gen::Guarantee::kAtomic;
}

Result<gen::Guarantee> WindowsHeldProcess::set_cpu_affinity(const std::vector<std::uint32_t>& cpus, Threads,
                                                            std::vector<std::uint32_t>& taken) {
  const auto process = with_right(PROCESS_SET_INFORMATION, "set the CPUs");
  if (!process) return process.status();
  DWORD_PTR own = 0, all = 0;
  if (!::GetProcessAffinityMask(process->get(), &own, &all)) return failure("read the CPUs", ::GetLastError());
  if (all == 0) return failure("set the CPUs of a process in several groups of them", ERROR_NOT_SUPPORTED);
  DWORD_PTR wanted = 0;
  for (const auto cpu : cpus) {
    if (cpu >= kMaskBits || (all >> cpu & 1) == 0) {
      return Status::out_of_range("cpus", "has " + std::to_string(cpu) + ", which this host does not have");
    }
    wanted |= DWORD_PTR{1} << cpu;
  }
  if (cpus.empty()) wanted = all;
  if (!::SetProcessAffinityMask(process->get(), wanted)) return failure("set the CPUs", ::GetLastError());
  if (!::GetProcessAffinityMask(process->get(), &own, &all)) return Status::target_left(ref_.pid);
  for (std::uint32_t cpu = 0; cpu < kMaskBits; ++cpu) {
    if ((own >> cpu & 1) != 0) taken.push_back(cpu);
  }
  return gen::Guarantee::kAtomic;
}

}  // namespace hostscope::windows_os
