// SPDX-License-Identifier: Apache-2.0
#include "windows/process_status.h"

#include <algorithm>

#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

constexpr std::uint32_t kWaiting = 5, kSuspended = 5;  // a thread's state, and what it waits for

// For what runs in Windows' place and leaves the states out.
bool is_suspended(std::int64_t thread_id) {
  const UniqueHandle thread(::OpenThread(THREAD_QUERY_INFORMATION, FALSE, static_cast<DWORD>(thread_id)));
  ULONG count = 0;
  return thread && ntdll().query_thread != nullptr &&
         ntdll().query_thread(thread.get(), kThreadSuspendCount, &count, sizeof count, nullptr) == kNtSuccess &&
         count > 0;
}

}  // namespace

gen::ProcessStatus process_status(const ProcessEntry& process, const ProcessSnapshot& snapshot) {
  const auto& threads = process.threads;
  const bool stopped = std::all_of(threads.begin(), threads.end(), [&](const ThreadEntry& thread) {
    if (!snapshot.tells_states()) return is_suspended(thread.id);
    return thread.state == kWaiting && thread.wait_reason == kSuspended;
  });
  return stopped ? gen::ProcessStatus::kStopped : gen::ProcessStatus::kRunning;
}

}  // namespace hostscope::windows_os
