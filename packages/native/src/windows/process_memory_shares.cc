// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "windows/ntdll.h"
#include "windows/process_target.h"

namespace hostscope::windows_os {
namespace {

constexpr ULONG kWorkingSetInformation = 1;
constexpr std::size_t kFirstPages = 4096, kMostPages = 1U << 25;  // 256 MiB of entries: a working set of 128 GiB
constexpr std::uint64_t kShared = 1 << 8, kShareCount = 7 << 5;

// Bytes of the working set that no other process has. 0, or the error.
Win32Error unique_set(HANDLE process, std::uint64_t page_size, std::uint64_t& bytes) {
  if (ntdll().query_memory == nullptr) return ERROR_NOT_SUPPORTED;
  std::vector<std::uint64_t> pages(kFirstPages);  // their number, then a word for each
  while (true) {
    const auto status = ntdll().query_memory(process, nullptr, kWorkingSetInformation, pages.data(),
                                             pages.size() * sizeof pages[0], nullptr);
    if (status == kNtSuccess) break;
    if (status != kInfoLengthMismatch || pages.size() >= kMostPages) return win32_error(status);
    pages.resize(pages.size() * 2);
  }
  const std::size_t count = std::min<std::size_t>(pages[0], pages.size() - 1);
  std::uint64_t own = 0;
  for (std::size_t i = 1; i <= count; ++i) {
    if ((pages[i] & kShared) == 0 || (pages[i] & kShareCount) >> 5 <= 1) ++own;
  }
  bytes = own * page_size;
  return ERROR_SUCCESS;
}

}  // namespace

void WindowsProcessReader::read_memory_shares(Target& target) {
  const bool for_percent = target.wants(A::kMemoryPercent) && target.query.memtype == gen::MemoryType::kUss;
  AttributeSet gives{A::kMemoryFullInfo};
  if (for_percent) gives.add(A::kMemoryPercent);
  if (target.wanted(gives).empty() || !target.enter(ProcessSource::kSmapsRollup, gives)) return;
  const auto process = target.open(PROCESS_QUERY_INFORMATION);
  if (!process) return target.fail(gives, process.error);
  SYSTEM_INFO system{};
  ::GetSystemInfo(&system);
  auto& info = target.row.memory_full_info;
  info = {};
  const auto error = unique_set(process.get(), system.dwPageSize, info.uss);
  if (error != ERROR_SUCCESS) return target.fail(gives, error);
  if (target.wants(A::kMemoryFullInfo)) target.row.present.add(A::kMemoryFullInfo);
}

}  // namespace hostscope::windows_os
