// SPDX-License-Identifier: Apache-2.0
#include "windows/service_manager.h"

#include "windows/failure.h"
#include "windows/service_handle.h"

namespace hostscope::windows_os {
namespace {

using gen::WinServiceAttribute;
using model::WinService;
using model::WinServiceAttributes;

constexpr WinServiceAttributes kFromConfig{WinServiceAttribute::kBinpath, WinServiceAttribute::kUsername,
                                           WinServiceAttribute::kStartType};
constexpr DWORD kMostConfig = 64 * 1024;

void fail(WinService& service, WinServiceAttributes asked, WinServiceAttributes attributes, DWORD error) {
  const bool is_gone = error == ERROR_SERVICE_DOES_NOT_EXIST || error == ERROR_SERVICE_MARKED_FOR_DELETE;
  const auto outcome = is_gone ? model::AttributeOutcome::kGone : outcome_of(error);
  for (const auto attribute :
       {WinServiceAttribute::kBinpath, WinServiceAttribute::kUsername, WinServiceAttribute::kStartType,
        WinServiceAttribute::kStatus, WinServiceAttribute::kPid, WinServiceAttribute::kDescription}) {
    if (!asked.has(attribute) || !attributes.has(attribute)) continue;
    service.failures.push_back({attribute, outcome, static_cast<int>(error)});
  }
}

void fill_status(const SERVICE_STATUS_PROCESS& status, WinServiceAttributes asked, WinService& service) {
  if (asked.has(WinServiceAttribute::kStatus)) service.status = service_status(status.dwCurrentState);
  if (asked.has(WinServiceAttribute::kPid) && status.dwProcessId != 0) service.pid = status.dwProcessId;
}

// Grows until it fits: the texts stand behind the struct.
template <class Ask>
DWORD read_all(std::vector<std::byte>& buffer, const Ask& ask) {
  buffer.resize(4096);
  while (true) {
    DWORD needed = 0;
    if (ask(buffer.data(), static_cast<DWORD>(buffer.size()), &needed)) return ERROR_SUCCESS;
    const DWORD error = ::GetLastError();
    if (error != ERROR_INSUFFICIENT_BUFFER || needed <= buffer.size() || needed > kMostConfig) return error;
    buffer.resize(needed);
  }
}

void fill_config(SC_HANDLE handle, WinServiceAttributes asked, bool wants_name, WinService& service) {
  if (!asked.has_any(kFromConfig) && !wants_name) return;
  std::vector<std::byte> buffer;
  const DWORD error = read_all(buffer, [handle](std::byte* out, DWORD size, DWORD* needed) {
    return ::QueryServiceConfigW(handle, reinterpret_cast<QUERY_SERVICE_CONFIGW*>(out), size, needed);
  });
  if (error != ERROR_SUCCESS) return fail(service, asked, kFromConfig, error);
  const auto& config = *reinterpret_cast<const QUERY_SERVICE_CONFIGW*>(buffer.data());
  if (wants_name) service.display_name = utf8(config.lpDisplayName);
  if (asked.has(WinServiceAttribute::kBinpath)) service.binpath = utf8(config.lpBinaryPathName);
  if (asked.has(WinServiceAttribute::kUsername) && config.lpServiceStartName != nullptr) {
    service.username = utf8(config.lpServiceStartName);
  }
  if (asked.has(WinServiceAttribute::kStartType)) service.start_type = start_type(config.dwStartType);
}

void fill_description(SC_HANDLE handle, WinServiceAttributes asked, WinService& service) {
  if (!asked.has(WinServiceAttribute::kDescription)) return;
  std::vector<std::byte> buffer;
  const DWORD error = read_all(buffer, [handle](std::byte* out, DWORD size, DWORD* needed) {
    return ::QueryServiceConfig2W(handle, SERVICE_CONFIG_DESCRIPTION, reinterpret_cast<BYTE*>(out), size, needed);
  });
  // Some services have none, and some say so by this; or it is in a file of texts that is missing.
  if (error == ERROR_NOT_FOUND || error == ERROR_FILE_NOT_FOUND || error == ERROR_MUI_FILE_NOT_FOUND) return;
  if (error != ERROR_SUCCESS) return fail(service, asked, {WinServiceAttribute::kDescription}, error);
  const auto& found = *reinterpret_cast<const SERVICE_DESCRIPTIONW*>(buffer.data());
  if (found.lpDescription != nullptr) service.description = utf8(found.lpDescription);
}

// What is asked of a service by itself.
void fill_details(SC_HANDLE manager, WinServiceAttributes asked, WinService& service) {
  constexpr WinServiceAttributes kDetails{WinServiceAttribute::kBinpath, WinServiceAttribute::kUsername,
                                          WinServiceAttribute::kStartType, WinServiceAttribute::kDescription};
  if (!asked.has_any(kDetails)) return;
  const ServiceHandle handle(::OpenServiceW(manager, wide(to_utf16(service.name)), SERVICE_QUERY_CONFIG));
  if (!handle) return fail(service, asked, kDetails, ::GetLastError());
  fill_config(handle.get(), asked, false, service);
  fill_description(handle.get(), asked, service);
}

}  // namespace

std::optional<gen::WinServiceStatus> service_status(unsigned long state) {
  switch (state) {
    case SERVICE_STOPPED:
      return gen::WinServiceStatus::kStopped;
    case SERVICE_START_PENDING:
      return gen::WinServiceStatus::kStartPending;
    case SERVICE_STOP_PENDING:
      return gen::WinServiceStatus::kStopPending;
    case SERVICE_RUNNING:
      return gen::WinServiceStatus::kRunning;
    case SERVICE_CONTINUE_PENDING:
      return gen::WinServiceStatus::kContinuePending;
    case SERVICE_PAUSE_PENDING:
      return gen::WinServiceStatus::kPausePending;
    case SERVICE_PAUSED:
      return gen::WinServiceStatus::kPaused;
    default:
      return std::nullopt;
  }
}

std::optional<gen::WinServiceStartType> start_type(unsigned long type) {
  switch (type) {
    case SERVICE_AUTO_START:
      return gen::WinServiceStartType::kAutomatic;
    case SERVICE_DEMAND_START:
      return gen::WinServiceStartType::kManual;
    case SERVICE_DISABLED:
      return gen::WinServiceStartType::kDisabled;
    default:
      return std::nullopt;
  }
}

Result<std::vector<WinService>> ServiceManager::list(WinServiceAttributes attributes) const {
  const auto manager = open_service_manager(SC_MANAGER_ENUMERATE_SERVICE);
  if (!manager) return manager.status();
  constexpr std::size_t kSize = 256 * 1024;  // the most that it gives at once
  std::vector<std::byte> buffer(kSize);
  std::vector<WinService> services;
  DWORD resume = 0;
  while (true) {
    DWORD needed = 0, count = 0;
    const bool is_last =
        ::EnumServicesStatusExW(manager->get(), SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL,
                                reinterpret_cast<BYTE*>(buffer.data()), kSize, &needed, &count, &resume, nullptr) != 0;
    const DWORD error = is_last ? ERROR_SUCCESS : ::GetLastError();
    if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA) return failure("list services", error);
    const auto* const rows = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(buffer.data());
    for (DWORD i = 0; i < count; ++i) {
      WinService service;
      service.name = utf8(rows[i].lpServiceName);
      service.display_name = utf8(rows[i].lpDisplayName);
      fill_status(rows[i].ServiceStatusProcess, attributes, service);
      services.push_back(std::move(service));
    }
    if (is_last || count == 0) break;
  }
  for (auto& service : services) fill_details(manager->get(), attributes, service);
  return services;
}

Result<WinService> ServiceManager::get(const std::string& name, WinServiceAttributes attributes) const {
  const auto manager = open_service_manager(0);
  if (!manager) return manager.status();
  const auto handle = open_service(manager->get(), name, SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS);
  if (!handle) return handle.status();
  WinService service;
  service.name = name;
  fill_config(handle->get(), attributes, true, service);
  fill_description(handle->get(), attributes, service);
  if (attributes.has_any({WinServiceAttribute::kStatus, WinServiceAttribute::kPid})) {
    const auto status = status_of(handle->get(), name);
    if (status) fill_status(*status, attributes, service);
    if (!status)
      fail(service, attributes, {WinServiceAttribute::kStatus, WinServiceAttribute::kPid},
           static_cast<DWORD>(*status.status().os_error));
  }
  return service;
}

}  // namespace hostscope::windows_os
