// SPDX-License-Identifier: Apache-2.0
#include "windows/failure.h"

#include "collector.h"
#include "windows/win32.h"

namespace hostscope::windows_os {
namespace {

struct Named {
  Win32Error error;
  const char* name;
};

#define HOSTSCOPE_ERROR(name) \
  { name, #name }

// Those that reading and controlling a system can meet.
constexpr Named kNames[] = {
    HOSTSCOPE_ERROR(ERROR_INVALID_FUNCTION),
    HOSTSCOPE_ERROR(ERROR_FILE_NOT_FOUND),
    HOSTSCOPE_ERROR(ERROR_PATH_NOT_FOUND),
    HOSTSCOPE_ERROR(ERROR_ACCESS_DENIED),
    HOSTSCOPE_ERROR(ERROR_INVALID_HANDLE),
    HOSTSCOPE_ERROR(ERROR_NOT_ENOUGH_MEMORY),
    HOSTSCOPE_ERROR(ERROR_NOT_READY),
    HOSTSCOPE_ERROR(ERROR_NOT_SUPPORTED),
    HOSTSCOPE_ERROR(ERROR_INVALID_PARAMETER),
    HOSTSCOPE_ERROR(ERROR_CALL_NOT_IMPLEMENTED),
    HOSTSCOPE_ERROR(ERROR_INSUFFICIENT_BUFFER),
    HOSTSCOPE_ERROR(ERROR_INVALID_NAME),
    HOSTSCOPE_ERROR(ERROR_DIRECTORY),
    HOSTSCOPE_ERROR(ERROR_PARTIAL_COPY),
    HOSTSCOPE_ERROR(ERROR_NOACCESS),
    HOSTSCOPE_ERROR(ERROR_DEPENDENT_SERVICES_RUNNING),
    HOSTSCOPE_ERROR(ERROR_INVALID_SERVICE_CONTROL),
    HOSTSCOPE_ERROR(ERROR_SERVICE_REQUEST_TIMEOUT),
    HOSTSCOPE_ERROR(ERROR_SERVICE_ALREADY_RUNNING),
    HOSTSCOPE_ERROR(ERROR_SERVICE_DISABLED),
    HOSTSCOPE_ERROR(ERROR_SERVICE_DOES_NOT_EXIST),
    HOSTSCOPE_ERROR(ERROR_SERVICE_CANNOT_ACCEPT_CTRL),
    HOSTSCOPE_ERROR(ERROR_SERVICE_NOT_ACTIVE),
    HOSTSCOPE_ERROR(ERROR_SERVICE_DEPENDENCY_FAIL),
    HOSTSCOPE_ERROR(ERROR_SERVICE_LOGON_FAILED),
    HOSTSCOPE_ERROR(ERROR_SERVICE_MARKED_FOR_DELETE),
    HOSTSCOPE_ERROR(ERROR_SHUTDOWN_IN_PROGRESS),
    HOSTSCOPE_ERROR(ERROR_NOT_FOUND),
    HOSTSCOPE_ERROR(ERROR_PRIVILEGE_NOT_HELD),
    HOSTSCOPE_ERROR(ERROR_NONE_MAPPED),
    HOSTSCOPE_ERROR(ERROR_NO_SYSTEM_RESOURCES),
    HOSTSCOPE_ERROR(ERROR_TIMEOUT),
    HOSTSCOPE_ERROR(RPC_S_SERVER_UNAVAILABLE),
};

#undef HOSTSCOPE_ERROR

Status with_error(ErrorReason reason, std::string_view what, Win32Error error) {
  Status status{.reason = reason, .message = std::string(what) + ": " + error_name(error)};
  status.os_error = static_cast<int>(error);
  return status;
}

}  // namespace

std::string error_name(Win32Error error) {
  for (const auto& [number, name] : kNames) {
    if (number == error) return name;
  }
  return "Windows error " + std::to_string(error);
}

bool is_denied(Win32Error error) { return error == ERROR_ACCESS_DENIED || error == ERROR_PRIVILEGE_NOT_HELD; }

bool is_unsupported(Win32Error error) {
  return error == ERROR_CALL_NOT_IMPLEMENTED || error == ERROR_NOT_SUPPORTED || error == ERROR_INVALID_FUNCTION ||
         error == ERROR_PROC_NOT_FOUND;
}

Status failure(std::string_view what, Win32Error error) {
  if (is_denied(error)) return with_error(ErrorReason::kAccessDenied, what, error);
  if (!is_unsupported(error)) return with_error(ErrorReason::kOsError, what, error);
  Status status = Status::unsupported("", platform_name());
  status.os_error = static_cast<int>(error);
  return status;
}

// OpenProcess tells so that there is no such process.
Status process_failure(std::int64_t pid, std::string_view what, Win32Error error) {
  if (error == ERROR_INVALID_PARAMETER) return Status::no_such_process(pid);
  Status status = failure(what, error);
  status.target = "pid " + std::to_string(pid);
  status.pid = pid;
  return status;
}

model::AttributeOutcome outcome_of(Win32Error error) {
  using model::AttributeOutcome;
  if (is_denied(error) || error == ERROR_PARTIAL_COPY || error == ERROR_NOACCESS) return AttributeOutcome::kDenied;
  if (is_unsupported(error)) return AttributeOutcome::kUnsupported;
  return AttributeOutcome::kFailed;
}

}  // namespace hostscope::windows_os
