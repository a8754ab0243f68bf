// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Owns a handle of the service control manager, or of a service.
class ServiceHandle {
 public:
  ServiceHandle() = default;
  explicit ServiceHandle(SC_HANDLE handle) : handle_(handle) {}
  ServiceHandle(ServiceHandle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ServiceHandle& operator=(ServiceHandle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~ServiceHandle() {
    const DWORD kept = ::GetLastError();
    if (handle_ != nullptr) ::CloseServiceHandle(handle_);
    ::SetLastError(kept);
  }
  SC_HANDLE get() const { return handle_; }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  SC_HANDLE handle_ = nullptr;
};

Result<ServiceHandle> open_service_manager(DWORD access);
// By its name, not its display name.
Result<ServiceHandle> open_service(SC_HANDLE manager, const std::string& name, DWORD access);

// A call about a service failed: no_such_process if there is no such service, precondition if it is not in the state
// for it, else as any other call.
Status service_failure(const std::string& name, std::string_view what, DWORD error);

Result<SERVICE_STATUS_PROCESS> status_of(SC_HANDLE service, const std::string& name);

}  // namespace hostscope::windows_os
