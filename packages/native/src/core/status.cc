// SPDX-License-Identifier: Apache-2.0
#include "core/status.h"

#include <cerrno>
#include <utility>

#include "core/errno_name.h"
#include "wire/writer.h"

namespace hostscope {
namespace {

// gRPC's standard status codes, those that a collector uses.
enum GrpcCode {
  kCancelledCode = 1,
  kUnknownCode = 2,
  kInvalidArgumentCode = 3,
  kDeadlineExceededCode = 4,
  kNotFoundCode = 5,
  kAlreadyExistsCode = 6,
  kPermissionDeniedCode = 7,
  kResourceExhaustedCode = 8,
  kFailedPreconditionCode = 9,
  kAbortedCode = 10,
  kOutOfRangeCode = 11,
  kUnimplementedCode = 12,
  kInternalCode = 13,
  kUnavailableCode = 14,
};

struct Traits {
  GrpcCode code;
  bool retryable;
};

// No default: a reason that is added to the schema does not compile until it stands here.
constexpr Traits traits(ErrorReason reason) {
  switch (reason) {
    case ErrorReason::kUnspecified:
      return {kUnknownCode, false};
    case ErrorReason::kNoSuchProcess:
    case ErrorReason::kPidReused:
    case ErrorReason::kZombieProcess:
    case ErrorReason::kNotFound:
      return {kNotFoundCode, false};
    case ErrorReason::kAccessDenied:
    case ErrorReason::kPermissionDenied:
      return {kPermissionDeniedCode, false};
    case ErrorReason::kProcessesReadOnly:
    case ErrorReason::kProtected:
    case ErrorReason::kPreviewExpired:
    case ErrorReason::kPrecondition:
    case ErrorReason::kAuditUnavailable:
      return {kFailedPreconditionCode, false};
    case ErrorReason::kTimeoutExpired:
      return {kDeadlineExceededCode, true};
    case ErrorReason::kTargetLeft:
    case ErrorReason::kOperationUnknown:
      return {kAbortedCode, false};
    case ErrorReason::kOperationConflict:
      return {kAlreadyExistsCode, false};
    case ErrorReason::kOutOfRange:
      return {kOutOfRangeCode, false};
    case ErrorReason::kUnsupported:
    case ErrorReason::kNotImplemented:
    case ErrorReason::kDisabled:
      return {kUnimplementedCode, false};
    case ErrorReason::kInvalidArgument:
      return {kInvalidArgumentCode, false};
    case ErrorReason::kDeadline:
      return {kDeadlineExceededCode, true};
    case ErrorReason::kCancelled:
      return {kCancelledCode, false};
    case ErrorReason::kOverloaded:
      return {kResourceExhaustedCode, true};
    case ErrorReason::kUnavailable:
      return {kUnavailableCode, true};
    case ErrorReason::kOsError:
    case ErrorReason::kInternal:
      return {kInternalCode, false};
  }
  return {kUnknownCode, false};
}

std::string pid_text(std::int64_t pid) { return "pid " + std::to_string(pid); }

Status about_process(ErrorReason reason, std::int64_t pid, std::string message) {
  Status status{.reason = reason, .message = std::move(message)};
  status.target = pid_text(pid);
  status.pid = pid;
  return status;
}

Status plain(ErrorReason reason, std::string_view message) {
  return Status{.reason = reason, .message = std::string(message)};
}

Status with_platform(ErrorReason reason, std::string_view op, std::string_view platform, std::string message) {
  Status status{.reason = reason, .message = std::move(message)};
  status.op = op;
  status.platform = platform;
  return status;
}

}  // namespace

Status Status::no_such_process(std::int64_t pid) {
  return about_process(ErrorReason::kNoSuchProcess, pid, "no process has " + pid_text(pid));
}

Status Status::pid_reused(std::int64_t pid) {
  return about_process(ErrorReason::kPidReused, pid, pid_text(pid) + " belongs to another process now");
}

Status Status::zombie_process(std::int64_t pid) {
  return about_process(ErrorReason::kZombieProcess, pid, pid_text(pid) + " has ended and waits for its parent");
}

Status Status::access_denied(std::string_view what, int os_error) {
  Status status = plain(ErrorReason::kAccessDenied, std::string(what) + ": " + errno_name(os_error));
  status.os_error = os_error;
  return status;
}

Status Status::access_denied(std::int64_t pid, std::string_view what, int os_error) {
  Status status = access_denied(what, os_error);
  status.target = pid_text(pid);
  status.pid = pid;
  return status;
}

Status Status::permission_denied(std::string_view permission, std::string_view message) {
  Status status = plain(ErrorReason::kPermissionDenied, message);
  status.permission = permission;
  return status;
}

Status Status::not_found(std::string_view what, int os_error) {
  Status status = plain(ErrorReason::kNotFound, std::string(what) + ": " + errno_name(os_error));
  status.os_error = os_error;
  return status;
}

Status Status::processes_read_only() {
  return plain(ErrorReason::kProcessesReadOnly,
               "this procfs shows another pid namespace: its processes can be read, not controlled");
}

Status Status::invalid_argument(std::string_view field, std::string_view message) {
  Status status = plain(ErrorReason::kInvalidArgument, message);
  status.field = field;
  if (!field.empty()) status.message.insert(0, status.field + " ");
  return status;
}

Status Status::out_of_range(std::string_view field, std::string_view message) {
  Status status = invalid_argument(field, message);
  status.reason = ErrorReason::kOutOfRange;
  return status;
}

Status Status::precondition(std::string_view message) { return plain(ErrorReason::kPrecondition, message); }

Status Status::protected_process(std::int64_t pid, std::string_view why) {
  return about_process(ErrorReason::kProtected, pid, pid_text(pid) + " is protected: " + std::string(why));
}

Status Status::target_left(std::int64_t pid) {
  return about_process(ErrorReason::kTargetLeft, pid, pid_text(pid) + " ended before it was certain that it was met");
}

Status Status::preview_expired() {
  return plain(ErrorReason::kPreviewExpired, "there is no such preview: it was used, or is older than 60 seconds");
}

Status Status::unsupported(std::string_view op, std::string_view platform) {
  return with_platform(ErrorReason::kUnsupported, op, platform, "is not supported on " + std::string(platform));
}

Status Status::not_implemented(std::string_view op, std::string_view platform, std::string_view version) {
  return with_platform(ErrorReason::kNotImplemented, op, platform,
                       "is not implemented yet by hostscope " + std::string(version) + " on " + std::string(platform));
}

Status Status::deadline(std::string_view message) { return plain(ErrorReason::kDeadline, message); }

Status Status::timeout_expired(std::string_view message) { return plain(ErrorReason::kTimeoutExpired, message); }

Status Status::cancelled() { return plain(ErrorReason::kCancelled, "the caller cancelled the call"); }

Status Status::overloaded(std::string_view message) { return plain(ErrorReason::kOverloaded, message); }

Status Status::closed() { return plain(ErrorReason::kUnavailable, "the collector is closed"); }

Status Status::os(std::string_view what, int os_error) {
  if (os_error == EACCES || os_error == EPERM) return access_denied(what, os_error);
  Status status = plain(ErrorReason::kOsError, std::string(what) + ": " + errno_name(os_error));
  status.os_error = os_error;
  return status;
}

Status Status::internal(std::string_view message) { return plain(ErrorReason::kInternal, message); }

int grpc_code(ErrorReason reason) { return traits(reason).code; }

bool retryable(ErrorReason reason) { return traits(reason).retryable; }

std::string text(const Status& status) {
  if (status.op.empty()) return status.message;
  const char* const join = grpc_code(status.reason) == kUnimplementedCode ? " " : ": ";
  return status.op + join + status.message;
}

wire::Buffer encode_detail(const Status& status) {
  wire::Writer bytes;
  gen::ErrorDetailWriter detail(bytes);
  detail.reason(status.reason);
  detail.op(status.op);
  detail.target(status.target);
  if (status.os_error) detail.os_error(*status.os_error);
  if (status.pid) detail.pid(*status.pid);
  if (!status.field.empty()) detail.field(status.field);
  if (!status.platform.empty()) detail.platform(status.platform);
  detail.retryable(retryable(status.reason));
  if (!status.permission.empty()) detail.permission(status.permission);
  return bytes.take_buffer();
}

}  // namespace hostscope
