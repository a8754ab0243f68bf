// windows sources: windows/watched_processes.cc windows/process_handle.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
#include "windows/watched_processes.h"

#include "core/check.h"
#include "windows/process_handle.h"

using namespace hostscope;
using namespace hostscope::windows_os;
using namespace std::chrono_literals;

namespace {

// A process that does nothing until it is ended.
UniqueHandle start_suspended(std::int64_t& pid) {
  wchar_t program[MAX_PATH];
  ::GetModuleFileNameW(nullptr, program, MAX_PATH);
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION started{};
  CHECK(::CreateProcessW(program, nullptr, nullptr, nullptr, FALSE, CREATE_SUSPENDED, nullptr, nullptr, &startup,
                         &started));
  ::CloseHandle(started.hThread);
  pid = started.dwProcessId;
  return UniqueHandle(started.hProcess);
}

}  // namespace

int main() {
  WatchedProcesses watched;
  std::int64_t pid = 0;
  auto process = start_suspended(pid);
  const auto start = create_time_of(process.get()).value();
  const model::ProcessRef ref{pid, start, {}, {}};

  CHECK(watched.hold(pid, start, 50ms));
  CHECK(!watched.returncode(ref));  // it lives
  ::TerminateProcess(process.get(), 0xC0000005);
  ::WaitForSingleObject(process.get(), INFINITE);
  process = {};
  // Still the same to whoever asks, though it is listed no more.
  CHECK(!watched.hold(pid, start, 50ms));
  CHECK(watched.returncode(ref) == -1073741819);
  CHECK(watched.returncode(ref) == -1073741819);
  CHECK(!watched.returncode({pid, start + 1, {}, {}}));

  watched.close_unused(0ms);
  CHECK(watched.returncode(ref).has_value());  // as long as was asked for
  ::Sleep(60);
  watched.close_unused(0ms);
  CHECK(!watched.returncode(ref));

  // What cannot be opened is held by nobody, and no reason to call it ended; nor is what has another's pid.
  CHECK(watched.hold(kSystemPid, 1, 0ms));
  CHECK(watched.hold(static_cast<std::int64_t>(::GetCurrentProcessId()), 1, 0ms));
  CHECK(!watched.returncode({kSystemPid, 1, {}, {}}));
}
