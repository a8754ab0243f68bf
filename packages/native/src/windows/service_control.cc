// SPDX-License-Identifier: Apache-2.0
// What is done to services. Windows takes each order at once and carries it out by and by.
#include <algorithm>

#include "windows/failure.h"
#include "windows/service_handle.h"
#include "windows/service_manager.h"

namespace hostscope::windows_os {
namespace {

using model::Patience;
using model::WinServiceChange;

constexpr DWORD kLookEveryMs = 50;
constexpr DWORD kToRead = SERVICE_QUERY_STATUS;

std::string state_text(DWORD state) {
  const auto status = service_status(state);
  return status ? std::string(gen::text(*status)) : "in a state that has no name";
}

// One service, open for what is to be done.
class Service {
 public:
  static Result<Service> open(const std::string& name, DWORD access) {
    auto manager = open_service_manager(0);
    if (!manager) return std::move(manager.status());
    auto handle = open_service(manager->get(), name, access | kToRead);
    if (!handle) return std::move(handle.status());
    return Service(name, std::move(*manager), std::move(*handle));
  }

  Result<SERVICE_STATUS_PROCESS> status() const { return status_of(handle_.get(), name_); }
  SC_HANDLE get() const { return handle_.get(); }
  SC_HANDLE manager() const { return manager_.get(); }

  Status failure(std::string_view what, DWORD error) const { return service_failure(name_, what, error); }
  Status refusal(std::string message) const {
    Status status = Status::precondition(message);
    status.target = "service " + name_;
    return status;
  }

  // Fails with precondition if it comes to rest elsewhere.
  Result<SERVICE_STATUS_PROCESS> wait_for(DWORD wanted, const Patience& patience) const {
    while (true) {
      const auto now = status();
      if (!now || now->dwCurrentState == wanted) return now;
      const bool rests = now->dwCurrentState == SERVICE_STOPPED;
      if (rests) return refusal("the service stopped, with code " + std::to_string(code_of(*now)));
      if (patience.is_over()) {
        Status status = Status::timeout_expired("the service is still " + state_text(now->dwCurrentState));
        status.target = "service " + name_;
        return status;
      }
      ::Sleep(kLookEveryMs);
    }
  }

  Result<void> control(DWORD order, std::string_view what) const {
    SERVICE_STATUS before{};
    if (::ControlService(handle_.get(), order, &before)) return {};
    return failure(what, ::GetLastError());
  }

 private:
  Service(std::string name, ServiceHandle manager, ServiceHandle handle)
      : name_(std::move(name)), manager_(std::move(manager)), handle_(std::move(handle)) {}

  static DWORD code_of(const SERVICE_STATUS_PROCESS& status) {
    const bool is_own = status.dwWin32ExitCode == ERROR_SERVICE_SPECIFIC_ERROR;
    return is_own ? status.dwServiceSpecificExitCode : status.dwWin32ExitCode;
  }

  std::string name_;
  ServiceHandle manager_, handle_;
};

WinServiceChange change_of(const SERVICE_STATUS_PROCESS& now, bool changed) {
  WinServiceChange change;
  change.status = service_status(now.dwCurrentState).value_or(gen::WinServiceStatus::kUnspecified);
  change.changed = changed;
  if (now.dwProcessId != 0) change.pid = now.dwProcessId;
  return change;
}

// Names of those that run and need this one, those first that nobody needs.
Result<std::vector<std::string>> running_dependents(const Service& service) {
  std::vector<std::byte> buffer(64 * 1024);
  DWORD needed = 0, count = 0;
  auto* const rows = reinterpret_cast<ENUM_SERVICE_STATUSW*>(buffer.data());
  if (!::EnumDependentServicesW(service.get(), SERVICE_ACTIVE, rows, static_cast<DWORD>(buffer.size()), &needed,
                                &count)) {
    return service.failure("list those that depend on the service", ::GetLastError());
  }
  std::vector<std::string> names;
  for (DWORD i = 0; i < count; ++i) names.push_back(utf8(rows[i].lpServiceName));
  return names;
}

Result<WinServiceChange> stop_one(const Service& service, const Patience& patience) {
  const auto before = service.status();
  if (!before) return before.status();
  if (before->dwCurrentState == SERVICE_STOPPED) return change_of(*before, false);
  if (before->dwProcessId == ::GetCurrentProcessId()) {
    return Status::protected_process(before->dwProcessId, "it is this very process");
  }
  if (before->dwCurrentState != SERVICE_STOP_PENDING) {
    auto asked = service.control(SERVICE_CONTROL_STOP, "stop the service");
    if (!asked && asked.status().os_error != ERROR_SERVICE_NOT_ACTIVE) return std::move(asked.status());
  }
  const auto now = service.wait_for(SERVICE_STOPPED, patience);
  if (!now) return now.status();
  return change_of(*now, true);
}

Result<WinServiceChange> switch_to(const std::string& name, DWORD order, DWORD wanted, std::string_view what,
                                   const Patience& patience) {
  const auto service = Service::open(name, SERVICE_PAUSE_CONTINUE);
  if (!service) return service.status();
  const auto before = service->status();
  if (!before) return before.status();
  if (before->dwCurrentState == wanted) return change_of(*before, false);
  auto asked = service->control(order, what);
  if (!asked) return std::move(asked.status());
  const auto now = service->wait_for(wanted, patience);
  if (!now) return now.status();
  return change_of(*now, true);
}

DWORD number_of(gen::WinServiceStartType type) {
  switch (type) {
    case gen::WinServiceStartType::kAutomatic:
      return SERVICE_AUTO_START;
    case gen::WinServiceStartType::kDisabled:
      return SERVICE_DISABLED;
    default:
      return SERVICE_DEMAND_START;
  }
}

}  // namespace

Result<WinServiceChange> ServiceManager::start(const std::string& name, const std::vector<std::string>& arguments,
                                               const Patience& patience) const {
  const auto service = Service::open(name, SERVICE_START);
  if (!service) return service.status();
  const auto before = service->status();
  if (!before) return before.status();
  if (before->dwCurrentState == SERVICE_RUNNING) return change_of(*before, false);
  // Windows says of it that it runs already, and it would be waited for in vain.
  if (before->dwCurrentState == SERVICE_PAUSED) return service->refusal("it is paused: continue it instead");
  std::vector<std::u16string> texts;
  for (const auto& argument : arguments) texts.push_back(to_utf16(argument));
  std::vector<const wchar_t*> pointers;
  for (const auto& text : texts) pointers.push_back(wide(text));
  if (!::StartServiceW(service->get(), static_cast<DWORD>(pointers.size()),
                       pointers.empty() ? nullptr : pointers.data())) {
    const DWORD error = ::GetLastError();
    if (error != ERROR_SERVICE_ALREADY_RUNNING) return service->failure("start the service", error);
  }
  const auto now = service->wait_for(SERVICE_RUNNING, patience);
  if (!now) return now.status();
  return change_of(*now, true);
}

Result<WinServiceChange> ServiceManager::stop(const std::string& name, bool dependents,
                                              const Patience& patience) const {
  const auto service = Service::open(name, SERVICE_STOP | SERVICE_ENUMERATE_DEPENDENTS);
  if (!service) return service.status();
  auto names = running_dependents(*service);
  if (!names) return std::move(names.status());
  if (!dependents && !names->empty()) return service->refusal("\"" + names->front() + "\" depends on it and runs");
  for (const auto& dependent : *names) {
    const auto other = Service::open(dependent, SERVICE_STOP);
    if (!other) return other.status();
    const auto stopped = stop_one(*other, patience);
    if (!stopped) return stopped.status();
  }
  auto change = stop_one(*service, patience);
  if (change) change->dependents = std::move(*names);
  return change;
}

Result<WinServiceChange> ServiceManager::restart(const std::string& name, bool dependents,
                                                 const Patience& patience) const {
  const auto stopped = stop(name, dependents, patience);
  if (!stopped) return stopped.status();
  auto started = start(name, {}, patience);
  if (!started) return started;
  started->dependents = stopped->dependents;
  // In the order in which they were started once: the last that was stopped first.
  for (auto each = stopped->dependents.rbegin(); each != stopped->dependents.rend(); ++each) {
    const auto again = start(*each, {}, patience);
    if (!again) return again.status();
  }
  return started;
}

Result<WinServiceChange> ServiceManager::pause(const std::string& name, const Patience& patience) const {
  return switch_to(name, SERVICE_CONTROL_PAUSE, SERVICE_PAUSED, "pause the service", patience);
}

Result<WinServiceChange> ServiceManager::resume(const std::string& name, const Patience& patience) const {
  return switch_to(name, SERVICE_CONTROL_CONTINUE, SERVICE_RUNNING, "continue the service", patience);
}

Result<std::optional<gen::WinServiceStartType>> ServiceManager::set_start_type(const std::string& name,
                                                                               gen::WinServiceStartType type) const {
  const auto before = get(name, {gen::WinServiceAttribute::kStartType});
  if (!before) return before.status();
  const auto service = Service::open(name, SERVICE_CHANGE_CONFIG);
  if (!service) return service.status();
  if (!::ChangeServiceConfigW(service->get(), SERVICE_NO_CHANGE, number_of(type), SERVICE_NO_CHANGE, nullptr, nullptr,
                              nullptr, nullptr, nullptr, nullptr, nullptr)) {
    return service->failure("set how the service is started", ::GetLastError());
  }
  return before->start_type;
}

}  // namespace hostscope::windows_os
