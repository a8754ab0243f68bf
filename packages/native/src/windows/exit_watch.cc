// SPDX-License-Identifier: Apache-2.0
#include "windows/exit_watch.h"

#include <mutex>
#include <optional>
#include <utility>

#include "model/same_process.h"
#include "windows/failure.h"
#include "windows/process_handle.h"

namespace hostscope::windows_os {
namespace {

// What the watch and the callback share.
struct Wait {
  UniqueHandle process;
  std::size_t which;
  std::mutex mutex;
  std::shared_ptr<ExitListener> listener;  // null once nobody is to be told
  bool called = false;
};
using WaitPtr = std::shared_ptr<Wait>;

// The system calls back once, or not at all if it is let go of before.
class WindowsExitWatch : public ExitWatch {
 public:
  explicit WindowsExitWatch(WaitPtr wait) : wait_(std::move(wait)), given_(new WaitPtr(wait_)) {}

  ~WindowsExitWatch() override {
    {
      const std::lock_guard lock(wait_->mutex);
      wait_->listener = nullptr;
    }
    // False if the callback runs or is about to, perhaps on this very thread: it deletes what it was given.
    if (registered_ != nullptr && !::UnregisterWait(registered_)) return;
    const std::lock_guard lock(wait_->mutex);
    if (!wait_->called) delete given_;
  }

  DWORD begin() {
    constexpr ULONG kOnce = WT_EXECUTEONLYONCE;
    const bool begun =
        ::RegisterWaitForSingleObject(&registered_, wait_->process.get(), called, given_, INFINITE, kOnce) != 0;
    return begun ? ERROR_SUCCESS : ::GetLastError();
  }

 private:
  static void CALLBACK called(void* given, BOOLEAN) {
    const std::unique_ptr<WaitPtr> taken(static_cast<WaitPtr*>(given));
    const WaitPtr wait = *taken;
    std::shared_ptr<ExitListener> listener;
    {
      const std::lock_guard lock(wait->mutex);
      wait->called = true;
      listener = std::move(wait->listener);
    }
    if (!listener) return;
    listener->exited(wait->which, exit_code_of(wait->process.get()));
    listener->settled();
  }

  const WaitPtr wait_;
  WaitPtr* const given_;
  HANDLE registered_ = nullptr;
};

}  // namespace

Result<std::shared_ptr<ExitWatch>> watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode, std::size_t which,
                                              std::shared_ptr<ExitListener> listener) {
  const std::shared_ptr<ExitWatch> nothing;
  if (ref.pid == kIdlePid) return Status::no_such_process(kIdlePid);
  auto process = open_process(ref.pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  if (!process && process.error != ERROR_INVALID_PARAMETER) {
    return process_failure(ref.pid, "wait for the process", process.error);
  }
  const bool is_there =
      process && same_process(ref, {ref.pid, create_time_of(process.get()), std::nullopt, std::nullopt});
  if (!is_there || has_ended(process.get())) {
    listener->exited(which, is_there ? exit_code_of(process.get()) : std::nullopt);
    return nothing;
  }
  if (mode == ExitWatchMode::kLook) return nothing;
  auto wait = std::make_shared<Wait>();
  wait->process = std::move(process.handle);
  wait->which = which;
  wait->listener = std::move(listener);
  const auto watch = std::make_shared<WindowsExitWatch>(std::move(wait));
  const DWORD error = watch->begin();
  if (error != ERROR_SUCCESS) return process_failure(ref.pid, "wait for the process", error);
  return std::shared_ptr<ExitWatch>(watch);
}

}  // namespace hostscope::windows_os
