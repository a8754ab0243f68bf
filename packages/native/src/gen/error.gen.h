// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/error.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_ERROR_H_
#define HOSTSCOPE_GEN_ERROR_H_

#include <cstdint>
#include <string_view>

#include "wire/writer.h"

namespace hostscope::gen {

// Why a call failed, finer than the gRPC status code. Clients decide by this value, never by message text.
enum class ErrorReason : int32_t {
  // Unknown to this client; fall back to the gRPC status code.
  kUnspecified = 0,
  // No process has this pid, or it ended. NOT_FOUND; psutil's NoSuchProcess.
  kNoSuchProcess = 1,
  // The pid belongs to another process than the ref names. NOT_FOUND; psutil's NoSuchProcess.
  kPidReused = 2,
  // The process ended and waits for its parent; it has no such value any more. NOT_FOUND; psutil's ZombieProcess.
  kZombieProcess = 3,
  // The operating system refused the agent. PERMISSION_DENIED; psutil's AccessDenied.
  kAccessDenied = 4,
  // A wait ended before its event. DEADLINE_EXCEEDED; psutil's TimeoutExpired.
  kTimeoutExpired = 5,
  // The platform has no such thing; `platform` names it. UNIMPLEMENTED.
  kUnsupported = 6,
  // This version of hostscope does not implement the method yet. UNIMPLEMENTED.
  kNotImplemented = 7,
  // The request is wrong whatever the state of the host; `field` names the part. INVALID_ARGUMENT.
  kInvalidArgument = 8,
  // The call's own deadline passed before it was done. DEADLINE_EXCEEDED.
  kDeadline = 9,
  // The caller gave up. CANCELLED.
  kCancelled = 10,
  // Too much at once: threads held by stuck targets, or a quota. RESOURCE_EXHAUSTED.
  kOverloaded = 11,
  // The agent or collector is stopping or not there. UNAVAILABLE.
  kUnavailable = 12,
  // The kernel gave an answer hostscope does not know how to read; `os_error` has its number. INTERNAL.
  kOsError = 13,
  // A defect of hostscope. INTERNAL.
  kInternal = 14,
  // What the request names, other than a process, is not on the host. NOT_FOUND; psutil's FileNotFoundError.
  kNotFound = 15,
  // The agent reads the host's processes from outside their pid namespace, so their pids name others where it acts.
  // FAILED_PRECONDITION; only calls that change something.
  kProcessesReadOnly = 16,
  // The target is one of those that no call may signal: pid 1, kernel threads, the agent and its ancestors, and names
  // that the agent was given. FAILED_PRECONDITION.
  kProtected = 17,
  // The target ended between its verification and the action, so that the action may have met nobody. ABORTED.
  kTargetLeft = 18,
  // The operation id was used before, for another request. ALREADY_EXISTS.
  kOperationConflict = 19,
  // The agent was ended in the middle of this very operation: nobody knows whether it acted, and it does not act again.
  // ABORTED.
  kOperationUnknown = 20,
  // No preview has this token: it was used, it is too old, or the agent has started anew. FAILED_PRECONDITION.
  kPreviewExpired = 21,
  // The agent was not told to offer this. UNIMPLEMENTED.
  kDisabled = 22,
  // A value that is well-formed and beyond what the host has or allows; `field` names it. OUT_OF_RANGE.
  kOutOfRange = 23,
  // The host is not in a state for this, such as a CPU that is offline. FAILED_PRECONDITION.
  kPrecondition = 24,
  // The agent's policy does not let this caller do this; `permission` names what is missing. PERMISSION_DENIED. What the
  // operating system refuses is ACCESS_DENIED.
  kPermissionDenied = 25,
  // The call would change something and cannot be written to the audit log, so it was not done. FAILED_PRECONDITION;
  // reads go on, and so do changes as soon as the log can be written again.
  kAuditUnavailable = 26,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ErrorReason value) {
  switch (value) {
    case ErrorReason::kUnspecified:
    case ErrorReason::kNoSuchProcess:
    case ErrorReason::kPidReused:
    case ErrorReason::kZombieProcess:
    case ErrorReason::kAccessDenied:
    case ErrorReason::kTimeoutExpired:
    case ErrorReason::kUnsupported:
    case ErrorReason::kNotImplemented:
    case ErrorReason::kInvalidArgument:
    case ErrorReason::kDeadline:
    case ErrorReason::kCancelled:
    case ErrorReason::kOverloaded:
    case ErrorReason::kUnavailable:
    case ErrorReason::kOsError:
    case ErrorReason::kInternal:
    case ErrorReason::kNotFound:
    case ErrorReason::kProcessesReadOnly:
    case ErrorReason::kProtected:
    case ErrorReason::kTargetLeft:
    case ErrorReason::kOperationConflict:
    case ErrorReason::kOperationUnknown:
    case ErrorReason::kPreviewExpired:
    case ErrorReason::kDisabled:
    case ErrorReason::kOutOfRange:
    case ErrorReason::kPrecondition:
    case ErrorReason::kPermissionDenied:
    case ErrorReason::kAuditUnavailable:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ErrorReason value) {
  switch (value) {
    case ErrorReason::kUnspecified:
      return "unspecified";
    case ErrorReason::kNoSuchProcess:
      return "no_such_process";
    case ErrorReason::kPidReused:
      return "pid_reused";
    case ErrorReason::kZombieProcess:
      return "zombie_process";
    case ErrorReason::kAccessDenied:
      return "access_denied";
    case ErrorReason::kTimeoutExpired:
      return "timeout_expired";
    case ErrorReason::kUnsupported:
      return "unsupported";
    case ErrorReason::kNotImplemented:
      return "not_implemented";
    case ErrorReason::kInvalidArgument:
      return "invalid_argument";
    case ErrorReason::kDeadline:
      return "deadline";
    case ErrorReason::kCancelled:
      return "cancelled";
    case ErrorReason::kOverloaded:
      return "overloaded";
    case ErrorReason::kUnavailable:
      return "unavailable";
    case ErrorReason::kOsError:
      return "os_error";
    case ErrorReason::kInternal:
      return "internal";
    case ErrorReason::kNotFound:
      return "not_found";
    case ErrorReason::kProcessesReadOnly:
      return "processes_read_only";
    case ErrorReason::kProtected:
      return "protected";
    case ErrorReason::kTargetLeft:
      return "target_left";
    case ErrorReason::kOperationConflict:
      return "operation_conflict";
    case ErrorReason::kOperationUnknown:
      return "operation_unknown";
    case ErrorReason::kPreviewExpired:
      return "preview_expired";
    case ErrorReason::kDisabled:
      return "disabled";
    case ErrorReason::kOutOfRange:
      return "out_of_range";
    case ErrorReason::kPrecondition:
      return "precondition";
    case ErrorReason::kPermissionDenied:
      return "permission_denied";
    case ErrorReason::kAuditUnavailable:
      return "audit_unavailable";
  }
  return "unspecified";
}

class ErrorDetailWriter;

// Details of a failure; travels with the gRPC status in the trailer `grpc-status-details-bin`.
class ErrorDetailWriter {
 public:
  explicit ErrorDetailWriter(wire::Writer& writer) : writer_(writer) {}

  // Why.
  void reason(ErrorReason value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // What was attempted, e.g. "Process.Get" or "open /proc/stat".
  void op(std::string_view value) {
    if (!value.empty()) writer_.put_string<2>(value);
  }

  // What it was attempted on, e.g. "pid 4711". Never a secret, never a path of the agent.
  void target(std::string_view value) {
    if (!value.empty()) writer_.put_string<3>(value);
  }

  // The operating system's error number (errno or Win32), where one was given.
  void os_error(int32_t value) { writer_.put_int32<4>(value); }

  // The process concerned, where there is one.
  void pid(int64_t value) { writer_.put_int64<5>(value); }

  // Its name, if the agent knew it.
  void name(std::string_view value) { writer_.put_string<6>(value); }

  // Path of the request field that is wrong, for INVALID_ARGUMENT.
  void field(std::string_view value) { writer_.put_string<7>(value); }

  // Platform that lacks the feature, e.g. "linux", for UNSUPPORTED.
  void platform(std::string_view value) { writer_.put_string<8>(value); }

  // True if the same call may succeed later without a change to it.
  void retryable(bool value) {
    if (value) writer_.put_bool<9>(value);
  }

  // Permission that the caller lacks, e.g. "process.control.signal", for PERMISSION_DENIED.
  void permission(std::string_view value) { writer_.put_string<10>(value); }

 private:
  wire::Writer& writer_;
};

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_ERROR_H_
