// SPDX-License-Identifier: Apache-2.0
// Why something failed, in the schema's own terms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gen/error.gen.h"
#include "wire/buffer.h"

namespace hostscope {

using gen::ErrorReason;

struct Status {
  ErrorReason reason = ErrorReason::kInternal;
  std::string message;               // what a person reads; text() puts the op in front
  std::string op = {};               // e.g. "System.CpuTimes"; Call::fail() fills it in if it is empty
  std::string target = {};           // e.g. "pid 4711"; never a secret
  std::optional<int> os_error = {};  // errno or Win32 number
  std::optional<std::int64_t> pid = {};
  std::string field = {};       // of the request, for kInvalidArgument and kOutOfRange
  std::string permission = {};  // that the caller lacks, for kPermissionDenied
  std::string platform = {};    // that lacks the feature, for kUnsupported

  static Status no_such_process(std::int64_t pid);
  static Status pid_reused(std::int64_t pid);
  static Status zombie_process(std::int64_t pid);
  static Status access_denied(std::string_view what, int os_error);
  static Status access_denied(std::int64_t pid, std::string_view what, int os_error);
  // The policy does not let this caller do this.
  static Status permission_denied(std::string_view permission, std::string_view message);
  // Something other than a process is not there.
  static Status not_found(std::string_view what, int os_error);
  // Whoever shows the processes cannot act on them.
  static Status processes_read_only();
  static Status invalid_argument(std::string_view field, std::string_view message);
  // Well-formed, and beyond what the host has or allows.
  static Status out_of_range(std::string_view field, std::string_view message);
  // The host is not in a state for this.
  static Status precondition(std::string_view message);
  // No call may signal this process; `why` goes on after "pid 1 is protected: ".
  static Status protected_process(std::int64_t pid, std::string_view why);
  // It ended between its verification and the action.
  static Status target_left(std::int64_t pid);
  // No preview has this token.
  static Status preview_expired();
  static Status unsupported(std::string_view op, std::string_view platform);
  static Status not_implemented(std::string_view op, std::string_view platform, std::string_view version);
  static Status deadline(std::string_view message);
  // What was waited for did not come in time.
  static Status timeout_expired(std::string_view message);
  static Status cancelled();
  static Status overloaded(std::string_view message);
  // The collector is being closed.
  static Status closed();
  // A call to the operating system failed: EACCES and EPERM are access_denied, anything else kOsError.
  static Status os(std::string_view what, int os_error);
  static Status internal(std::string_view message);
};

// The one table from reason to gRPC status code.
int grpc_code(ErrorReason reason);
// Whether the same call may succeed later without a change to it.
bool retryable(ErrorReason reason);
// The status text of the call, e.g. "Process.Get: no process has pid 4711".
std::string text(const Status& status);
// An encoded hostscope.v1.ErrorDetail.
wire::Buffer encode_detail(const Status& status);

}  // namespace hostscope
