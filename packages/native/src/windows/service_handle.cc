// SPDX-License-Identifier: Apache-2.0
#include "windows/service_handle.h"

#include "windows/failure.h"

namespace hostscope::windows_os {

Result<ServiceHandle> open_service_manager(DWORD access) {
  ServiceHandle manager(::OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT | access));
  if (!manager) return failure("open the service control manager", ::GetLastError());
  return manager;
}

Result<ServiceHandle> open_service(SC_HANDLE manager, const std::string& name, DWORD access) {
  ServiceHandle service(::OpenServiceW(manager, wide(to_utf16(name)), access));
  if (!service) return service_failure(name, "open the service", ::GetLastError());
  return service;
}

Status service_failure(const std::string& name, std::string_view what, DWORD error) {
  Status status = failure(what, error);
  status.target = "service " + name;
  switch (error) {
    case ERROR_SERVICE_DOES_NOT_EXIST:
    case ERROR_INVALID_NAME:
      status.reason = ErrorReason::kNoSuchProcess;  // as psutil has it
      status.message = "there is no service " + name;
      break;
    case ERROR_SERVICE_DISABLED:
    case ERROR_SERVICE_NOT_ACTIVE:
    case ERROR_INVALID_SERVICE_CONTROL:
    case ERROR_SERVICE_CANNOT_ACCEPT_CTRL:
    case ERROR_SERVICE_DEPENDENCY_FAIL:
    case ERROR_SERVICE_DEPENDENCY_DELETED:
    case ERROR_SERVICE_LOGON_FAILED:
    case ERROR_SERVICE_MARKED_FOR_DELETE:
    case ERROR_SERVICE_REQUEST_TIMEOUT:
    case ERROR_SHUTDOWN_IN_PROGRESS:
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
      status.reason = ErrorReason::kPrecondition;
      break;
    default:
      break;
  }
  return status;
}

Result<SERVICE_STATUS_PROCESS> status_of(SC_HANDLE service, const std::string& name) {
  SERVICE_STATUS_PROCESS status{};
  DWORD size = 0;
  if (!::QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, reinterpret_cast<BYTE*>(&status), sizeof status,
                              &size)) {
    return service_failure(name, "read the status of the service", ::GetLastError());
  }
  return status;
}

}  // namespace hostscope::windows_os
