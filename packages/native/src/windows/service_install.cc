// SPDX-License-Identifier: Apache-2.0
// Registers a service with the service control manager, with the rest that it needs.
#include "system_service.h"
#include "windows/event_log.h"
#include "windows/failure.h"
#include "windows/quoted_command_line.h"
#include "windows/service_folder.h"
#include "windows/service_handle.h"

namespace hostscope {
namespace windows_os {
namespace {

constexpr DWORD kRestartMs[] = {5'000, 30'000, 60'000};
constexpr DWORD kForgetFailuresSeconds = 24 * 60 * 60;

class Settings {
 public:
  Settings(SC_HANDLE service, const std::string& name) : service_(service), name_(name) {}

  // `what` names it, for those who read that it is not there.
  template <class T>
  void set(DWORD level, T value, const char* what) {
    if (failure_) return;
    if (::ChangeServiceConfig2W(service_, level, &value)) return;
    const DWORD error = ::GetLastError();
    // Windows has all of them since long ago; what runs in its place does not.
    if (error == ERROR_INVALID_LEVEL || is_unsupported(error)) {
      missing_.emplace_back(what);
    } else {
      failure_ = service_failure(name_, std::string("set the ") + what, error);
    }
  }

  std::optional<Status>& failure() { return failure_; }
  std::vector<std::string>& missing() { return missing_; }

 private:
  SC_HANDLE service_;
  std::string name_;
  std::optional<Status> failure_;
  std::vector<std::string> missing_;
};

void set_description(Settings& settings, const std::string& text) {
  auto units = to_utf16(text);
  settings.set(SERVICE_CONFIG_DESCRIPTION, SERVICE_DESCRIPTIONW{.lpDescription = wide(units.data())}, "description");
}

// After a crash. What stops by itself and says why, as with a configuration that is not sound, would only do so again.
void set_restarts(Settings& settings) {
  SC_ACTION actions[std::size(kRestartMs)];
  for (std::size_t i = 0; i < std::size(kRestartMs); ++i) actions[i] = {SC_ACTION_RESTART, kRestartMs[i]};
  SERVICE_FAILURE_ACTIONSW failure{};
  failure.dwResetPeriod = kForgetFailuresSeconds;
  failure.cActions = std::size(actions);
  failure.lpsaActions = actions;
  settings.set(SERVICE_CONFIG_FAILURE_ACTIONS, failure, "restart after a crash");
  settings.set(SERVICE_CONFIG_FAILURE_ACTIONS_FLAG,
               SERVICE_FAILURE_ACTIONS_FLAG{.fFailureActionsOnNonCrashFailures = FALSE}, "restart after crashes only");
}

void set_rights(Settings& settings, const std::vector<std::string>& privileges) {
  settings.set(SERVICE_CONFIG_SERVICE_SID_INFO, SERVICE_SID_INFO{.dwServiceSidType = SERVICE_SID_TYPE_UNRESTRICTED},
               "identity of its own");
  std::u16string names;
  for (const auto& each : privileges) names += to_utf16(each) + u'\0';
  names.push_back(u'\0');
  settings.set(SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO,
               SERVICE_REQUIRED_PRIVILEGES_INFOW{.pmszRequiredPrivileges = wide(names.data())}, "list of privileges");
}

Result<ServiceHandle> create(SC_HANDLE manager, const ServiceDefinition& definition) {
  const DWORD start = definition.automatic ? SERVICE_AUTO_START : SERVICE_DEMAND_START;
  const auto password = to_utf16(definition.password.value_or(""));
  ServiceHandle service(
      ::CreateServiceW(manager, wide(to_utf16(definition.name)), wide(to_utf16(definition.display_name)),
                       DELETE | SERVICE_CHANGE_CONFIG | SERVICE_START, SERVICE_WIN32_OWN_PROCESS, start,
                       SERVICE_ERROR_NORMAL, wide(to_utf16(quoted_command_line(definition.command))), nullptr, nullptr,
                       nullptr, wide(to_utf16(definition.account)), definition.password ? wide(password) : nullptr));
  if (service) return service;
  const DWORD error = ::GetLastError();
  Status status = service_failure(definition.name, "register the service", error);
  if (error == ERROR_SERVICE_EXISTS || error == ERROR_DUPLICATE_SERVICE_NAME) {
    status.reason = ErrorReason::kPrecondition;
    status.message = "there is a service " + definition.name + " already";
  }
  return status;
}

Result<std::vector<std::string>> set_up(SC_HANDLE service, const ServiceDefinition& definition) {
  Settings settings(service, definition.name);
  set_description(settings, definition.description);
  set_restarts(settings);
  set_rights(settings, definition.privileges);
  if (settings.failure()) return std::move(*settings.failure());
  auto folder = make_service_folder(definition.folder, definition.name);
  if (!folder) return std::move(folder.status());
  auto source = register_event_source(definition.name);
  if (!source) return std::move(source.status());
  return std::move(settings.missing());
}

}  // namespace
}  // namespace windows_os

Result<std::vector<std::string>> install_service(const ServiceDefinition& definition) {
  using namespace windows_os;
  auto manager = open_service_manager(SC_MANAGER_CREATE_SERVICE);
  if (!manager) return std::move(manager.status());
  auto service = create(manager->get(), definition);
  if (!service) return std::move(service.status());
  auto missing = set_up(service->get(), definition);
  // Half a service would start with other rights than it was to have.
  if (!missing) ::DeleteService(service->get());
  return missing;
}

Result<void> uninstall_service(const std::string& name) {
  using namespace windows_os;
  auto manager = open_service_manager(0);
  if (!manager) return std::move(manager.status());
  auto service = open_service(manager->get(), name, DELETE);
  if (!service) return std::move(service.status());
  if (!::DeleteService(service->get())) {
    return service_failure(name, "remove the service", ::GetLastError());
  }
  return unregister_event_source(name);
}

}  // namespace hostscope
