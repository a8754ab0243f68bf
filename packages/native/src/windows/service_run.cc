// SPDX-License-Identifier: Apache-2.0
// This process as the service control manager sees it.
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "system_service.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope {
namespace windows_os {
namespace {

using Clock = std::chrono::steady_clock;

constexpr DWORD kAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN | SERVICE_ACCEPT_PRESHUTDOWN;
constexpr std::uint32_t kStuckEvent = 4;  // see the numbers of events in the agent

DWORD number_of(ServiceState state) {
  switch (state) {
    case ServiceState::kStartPending:
      return SERVICE_START_PENDING;
    case ServiceState::kRunning:
      return SERVICE_RUNNING;
    case ServiceState::kStopPending:
      return SERVICE_STOP_PENDING;
    default:
      return SERVICE_STOPPED;
  }
}

bool is_pending(ServiceState state) {
  return state == ServiceState::kStartPending || state == ServiceState::kStopPending;
}

// One for the process: the manager knows one, too.
class Running {
 public:
  // True once.
  bool begin(std::string name, ServiceListener listener) {
    const std::lock_guard lock(mutex_);
    if (begun_) return false;
    begun_ = true;
    name_ = std::move(name);
    listener_ = std::move(listener);
    return true;
  }

  const std::string& name() const { return name_; }
  const ServiceListener& listener() const { return listener_; }

  // On the manager's thread of this service, from its start to its stop.
  void serve() {
    handle_ = ::RegisterServiceCtrlHandlerExW(wide(to_utf16(name_)), &obey, this);
    if (handle_ == nullptr) return listener_.failed(failure("answer the service control manager", ::GetLastError()));
    static_cast<void>(report(ServiceState::kStartPending, 0));
    listener_.order(ServiceOrder::kStarted);
    std::unique_lock lock(mutex_);
    while (state_ != ServiceState::kStopped) {
      if (!is_pending(state_)) {
        changed_.wait(lock);
      } else if (changed_.wait_until(lock, reported_ + kServicePatience) == std::cv_status::timeout &&
                 Clock::now() >= reported_ + kServicePatience) {
        lock.unlock();
        give_up();
        lock.lock();
      }
    }
  }

  Result<void> report(ServiceState state, int exit_code) {
    const std::lock_guard lock(mutex_);
    if (handle_ == nullptr) return Status::precondition("this process does not run as a service");
    // Nothing follows a stop, and what reports its progress must not undo an order that came meanwhile.
    if (state_ == ServiceState::kStopped) return {};
    if (state_ == ServiceState::kStopPending && state != ServiceState::kStopped) state = ServiceState::kStopPending;
    checkpoint_ = state == state_ && is_pending(state) ? checkpoint_ + 1 : is_pending(state) ? 1 : 0;
    state_ = state;
    reported_ = Clock::now();
    SERVICE_STATUS status{};
    status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = number_of(state);
    status.dwControlsAccepted = state == ServiceState::kRunning ? kAccepted : 0;
    status.dwWin32ExitCode = exit_code == 0 ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR;
    status.dwServiceSpecificExitCode = static_cast<DWORD>(exit_code);
    status.dwCheckPoint = checkpoint_;
    status.dwWaitHint = is_pending(state) ? static_cast<DWORD>(std::chrono::milliseconds(kServicePatience).count()) : 0;
    const BOOL told = ::SetServiceStatus(handle_, &status);
    const DWORD error = ::GetLastError();
    changed_.notify_all();
    if (!told) return failure("report to the service control manager", error);
    return {};
  }

 private:
  static DWORD WINAPI obey(DWORD order, DWORD, void*, void* self) {
    auto& running = *static_cast<Running*>(self);
    switch (order) {
      case SERVICE_CONTROL_STOP:
      case SERVICE_CONTROL_SHUTDOWN:
      case SERVICE_CONTROL_PRESHUTDOWN: {
        auto told = running.report(ServiceState::kStopPending, 0);
        running.listener_.order(order == SERVICE_CONTROL_STOP ? ServiceOrder::kStop : ServiceOrder::kShutdown);
        return told ? NO_ERROR : ERROR_SERVICE_CANNOT_ACCEPT_CTRL;
      }
      case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
      default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
  }

  // The JavaScript thread is stuck, so nothing that needs it may be done any more.
  void give_up() {
    const std::string text = "The agent is stuck: it did not go on to start or stop within " +
                             std::to_string(kServicePatience.count()) + " seconds, and was ended.";
    static_cast<void>(report_event(name_, EventLevel::kError, kStuckEvent, text));
    static_cast<void>(report(ServiceState::kStopped, kStuckExitCode));
    ::TerminateProcess(::GetCurrentProcess(), kStuckExitCode);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool begun_ = false;
  std::string name_;
  ServiceListener listener_;
  SERVICE_STATUS_HANDLE handle_ = nullptr;
  ServiceState state_ = ServiceState::kStartPending;
  DWORD checkpoint_ = 0;
  Clock::time_point reported_{};
};

// Never destroyed: threads of the manager may still use it when the process ends.
Running& running() {
  static auto& one = *new Running;
  return one;
}

// Its arguments are of whoever starts the service, who may be less than whoever installed it.
void WINAPI service_main(DWORD, wchar_t**) { running().serve(); }

void dispatch() {
  auto name = to_utf16(running().name());
  const SERVICE_TABLE_ENTRYW table[] = {{wide(name.data()), service_main}, {nullptr, nullptr}};
  if (::StartServiceCtrlDispatcherW(table)) return;
  const DWORD error = ::GetLastError();
  Status status = failure("connect to the service control manager", error);
  if (error == ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) {
    status = Status::precondition("this is for the service control manager alone: it did not start this process");
  }
  running().listener().failed(std::move(status));
}

}  // namespace
}  // namespace windows_os

Result<void> run_as_service(const std::string& name, ServiceListener listener) {
  if (!windows_os::running().begin(name, std::move(listener))) {
    return Status::precondition("this process runs as a service already");
  }
  try {
    // Blocks until the service has stopped.
    std::thread(windows_os::dispatch).detach();
  } catch (const std::system_error&) {
    return Status::overloaded("there is no thread to be had for the service");
  }
  return {};
}

Result<void> report_service(ServiceState state, int exit_code) {
  return windows_os::running().report(state, exit_code);
}

}  // namespace hostscope
