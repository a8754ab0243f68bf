// SPDX-License-Identifier: Apache-2.0
#include "windows/held_process.h"

#include <algorithm>
#include <vector>

#include "model/same_process.h"
#include "windows/control_numbers.h"
#include "windows/failure.h"
#include "windows/ntdll.h"
#include "windows/process_status.h"

namespace hostscope::windows_os {
namespace {

// What psutil ends processes with, so that who waits for one can tell.
constexpr UINT kExitCode = kTerminate;
// Whoever suspended a process more often than this does not want it to go on.
constexpr int kMostResumes = 128;

}  // namespace

Result<std::unique_ptr<WindowsHeldProcess>> WindowsHeldProcess::open(std::shared_ptr<ProcessContext> context,
                                                                     const gen::ProcessRef& ref,
                                                                     const ProcessSnapshot& snapshot,
                                                                     const ProtectedProcesses& untouchable) {
  const auto pid = ref.pid;
  const auto* const entry = snapshot.find(pid);
  if (entry != nullptr && (pid == kIdlePid || pid == kSystemPid)) {
    return Status::protected_process(pid, *untouchable.why(*entry, nullptr));
  }
  auto process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  if (!process) return process_failure(pid, "open the process", process.error);
  // One that has ended can be opened for as long as anybody holds it.
  if (entry == nullptr || windows_os::has_ended(process.get())) return Status::no_such_process(pid);
  std::unique_ptr<WindowsHeldProcess> held(new WindowsHeldProcess(std::move(context)));
  held->handle_ = std::move(process.handle);
  held->ref_ = {pid, create_time_of(held->handle_.get()), {}, {}};
  // Elsewhere what is not known counts as equal; here whoever tells nothing of itself is left alone.
  if (!held->ref_.start) return process_failure(pid, "read when the process was created", ERROR_ACCESS_DENIED);
  if (!same_process(ref, held->ref_)) return Status::pid_reused(pid);
  // Between the look at all and the opening of one.
  if (*held->ref_.start != entry->create_time) return Status::no_such_process(pid);
  held->name_ = to_utf8(entry->name);
  held->status_ = process_status(*entry, snapshot);
  held->protection_ = untouchable.why(*entry, held->handle_.get());
  return held;
}

Status WindowsHeldProcess::failure(std::string_view what, DWORD error) const {
  if (has_ended()) return Status::no_such_process(ref_.pid);
  // The pid is right: it was opened before.
  if (error != ERROR_INVALID_PARAMETER) return process_failure(ref_.pid, what, error);
  Status status = windows_os::failure(what, error);
  status.target = "pid " + std::to_string(ref_.pid);
  status.pid = ref_.pid;
  return status;
}

Result<UniqueHandle> WindowsHeldProcess::with_right(DWORD right, std::string_view what) const {
  auto process = open_process(ref_.pid, right | PROCESS_QUERY_LIMITED_INFORMATION);
  if (!process) return failure(what, process.error);
  return std::move(process.handle);
}

std::optional<gen::ProcessStatus> WindowsHeldProcess::current_status() const {
  const auto snapshot = ProcessSnapshot::take();
  const auto* const entry = snapshot ? snapshot->find(ref_.pid) : nullptr;
  if (entry == nullptr || has_ended()) return std::nullopt;
  return process_status(*entry, *snapshot);
}

Result<gen::Guarantee> WindowsHeldProcess::signal(int number) {
  const bool is_known = std::any_of(kControlNumbers.begin(), kControlNumbers.end(),
                                    [number](const ControlNumber& control) { return control.number == number; });
  if (!is_known) {
    return Status::invalid_argument("signal",
                                    "must be CTRL_C_EVENT, CTRL_BREAK_EVENT, or the number of SIGKILL, "
                                    "SIGTERM, SIGCONT or SIGSTOP on Linux");
  }
  if (protection_) return Status::protected_process(ref_.pid, *protection_);
  switch (number) {
    case kCtrlC:
    case kCtrlBreak:
      return send_console_event(static_cast<DWORD>(number));
    case kStop:
      return suspend();
    case kContinue:
      return resume();
    default:
      return terminate();
  }
}

Result<gen::Guarantee> WindowsHeldProcess::terminate() {
  const auto process = with_right(PROCESS_TERMINATE, "end the process");
  if (!process) return process.status();
  // One that ends at this moment refuses.
  if (!::TerminateProcess(process->get(), kExitCode)) return failure("end the process", ::GetLastError());
  return gen::Guarantee::kAtomic;
}

// Windows counts: who is suspended twice must be resumed twice. Here, as with SIGSTOP, once is as good as often.
Result<gen::Guarantee> WindowsHeldProcess::suspend() {
  if (ntdll().suspend_process == nullptr) return failure("suspend the process", ERROR_NOT_SUPPORTED);
  const auto process = with_right(PROCESS_SUSPEND_RESUME, "suspend the process");
  if (!process) return process.status();
  if (status_ == gen::ProcessStatus::kStopped) return gen::Guarantee::kAtomic;
  const auto done = ntdll().suspend_process(process->get());
  if (done != kNtSuccess) return failure("suspend the process", win32_error(done));
  return gen::Guarantee::kAtomic;
}

Result<gen::Guarantee> WindowsHeldProcess::resume() {
  if (ntdll().resume_process == nullptr) return failure("resume the process", ERROR_NOT_SUPPORTED);
  const auto process = with_right(PROCESS_SUSPEND_RESUME, "resume the process");
  if (!process) return process.status();
  for (int tries = 0; tries < kMostResumes && current_status() == gen::ProcessStatus::kStopped; ++tries) {
    const auto done = ntdll().resume_process(process->get());
    if (done != kNtSuccess) return failure("resume the process", win32_error(done));
  }
  return gen::Guarantee::kAtomic;
}

// An event goes to all of a console that are in the group of this number; a number that is no group means everybody on
// the console, this program among them. So only to those that share its console.
Result<gen::Guarantee> WindowsHeldProcess::send_console_event(DWORD event) {
  std::vector<DWORD> here(1024);
  const DWORD count = ::GetConsoleProcessList(here.data(), static_cast<DWORD>(here.size()));
  const auto end = here.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, here.size()));
  if (std::find(here.begin(), end, static_cast<DWORD>(ref_.pid)) == end) {
    return Status::precondition("a console event reaches only processes on the console of the agent");
  }
  if (!::GenerateConsoleCtrlEvent(event, static_cast<DWORD>(ref_.pid))) {
    return failure("send a console event", ::GetLastError());
  }
  return gen::Guarantee::kAtomic;
}

}  // namespace hostscope::windows_os
