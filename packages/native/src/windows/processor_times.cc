// SPDX-License-Identifier: Apache-2.0
#include "windows/processor_times.h"

#include <algorithm>
#include <cstring>

#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

std::vector<ProcessorTimes> times_in(const void* bytes, std::size_t size) {
  std::vector<ProcessorTimes> cpus(size / sizeof(ProcessorTimes));
  if (!cpus.empty()) std::memcpy(cpus.data(), bytes, cpus.size() * sizeof(ProcessorTimes));
  return cpus;
}

NtStatus read_group(WORD group, std::vector<ProcessorTimes>& cpus) {
  ULONG size = 0;
  const auto status = ntdll().query_system_ex(kSystemProcessorPerformance, &group, sizeof group, cpus.data(),
                                              static_cast<ULONG>(cpus.size() * sizeof(ProcessorTimes)), &size);
  if (status == kNtSuccess) cpus.resize(std::min<std::size_t>(cpus.size(), size / sizeof(ProcessorTimes)));
  return status;
}

}  // namespace

Result<std::vector<ProcessorTimes>> read_processor_times() {
  const WORD groups = ::GetActiveProcessorGroupCount();
  if (groups > 1 && ntdll().query_system_ex != nullptr) {
    std::vector<ProcessorTimes> all;
    for (WORD group = 0; group < groups; ++group) {
      std::vector<ProcessorTimes> cpus(::GetActiveProcessorCount(group));
      const auto status = read_group(group, cpus);
      if (status != kNtSuccess) return failure("read CPU times", win32_error(status));
      all.insert(all.end(), cpus.begin(), cpus.end());
    }
    return all;
  }
  if (ntdll().query_system == nullptr) return failure("read CPU times", ERROR_NOT_SUPPORTED);
  std::vector<ProcessorTimes> cpus(::GetActiveProcessorCount(ALL_PROCESSOR_GROUPS));
  ULONG size = 0;
  const auto status = ntdll().query_system(kSystemProcessorPerformance, cpus.data(),
                                           static_cast<ULONG>(cpus.size() * sizeof(ProcessorTimes)), &size);
  if (status != kNtSuccess) return failure("read CPU times", win32_error(status));
  return times_in(cpus.data(), std::min<std::size_t>(size, cpus.size() * sizeof(ProcessorTimes)));
}

}  // namespace hostscope::windows_os
