// sources: core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "core/status.h"

#include <cerrno>
#include <string>

#include "core/check.h"
#include "core/result.h"

using namespace hostscope;

namespace {

void test_text() {
  Status gone = Status::no_such_process(4711);
  CHECK(text(gone) == "no process has pid 4711");
  gone.op = "Process.Get";
  CHECK(text(gone) == "Process.Get: no process has pid 4711");
  CHECK(text(Status::not_implemented("System.DiskUsage", "linux", "0.1.0")) ==
        "System.DiskUsage is not implemented yet by hostscope 0.1.0 on linux");
  CHECK(text(Status::unsupported("WinService.Get", "linux")) == "WinService.Get is not supported on linux");
  CHECK(text(Status::invalid_argument("interval", "must be above 0")) == "interval must be above 0");
}

void test_codes() {
  CHECK(grpc_code(ErrorReason::kPidReused) == 5);
  CHECK(grpc_code(ErrorReason::kAccessDenied) == 7);
  CHECK(grpc_code(ErrorReason::kInvalidArgument) == 3);
  CHECK(grpc_code(ErrorReason::kProcessesReadOnly) == 9 && !retryable(ErrorReason::kProcessesReadOnly));
  CHECK(grpc_code(ErrorReason::kProtected) == 9 && grpc_code(ErrorReason::kTargetLeft) == 10);
  CHECK(grpc_code(ErrorReason::kOperationConflict) == 6 && grpc_code(ErrorReason::kOutOfRange) == 11);
  CHECK(grpc_code(ErrorReason::kDisabled) == 12 && !retryable(ErrorReason::kOperationUnknown));
  CHECK(grpc_code(ErrorReason::kOverloaded) == 8 && retryable(ErrorReason::kOverloaded));
  CHECK(!retryable(ErrorReason::kNoSuchProcess));
  // A number that a later schema may have.
  CHECK(grpc_code(static_cast<ErrorReason>(999)) == 2 && !retryable(static_cast<ErrorReason>(999)));
}

void test_os_errors() {
  const auto denied = Status::os("open /proc/1/io", EPERM);
  CHECK(denied.reason == ErrorReason::kAccessDenied && denied.os_error == EPERM);
  const auto odd = Status::os("read /proc/stat", EIO);
  CHECK(odd.reason == ErrorReason::kOsError && odd.message == "read /proc/stat: EIO");
  CHECK(Status::os("x", 99999).message == "x: errno 99999");
}

void test_detail() {
  Status status = Status::access_denied(7, "open io", EACCES);
  status.op = "Process.Get";
  const auto bytes = encode_detail(status);
  const std::string expected =
      "\x08\x04"             // reason
      "\x12\x0bProcess.Get"  // op
      "\x1a\x05pid 7"        // target
      "\x20\x0d"             // os_error
      "\x28\x07";            // pid
  CHECK(EACCES == 13 && bytes.view() == expected);
}

void test_result() {
  Result<int> value = 5;
  CHECK(value.ok() && *value == 5);
  Result<int> failed = Status::closed();
  CHECK(!failed && failed.status().reason == ErrorReason::kUnavailable);
  Result<void> done;
  CHECK(done.ok());
}

}  // namespace

int main() {
  test_text();
  test_codes();
  test_os_errors();
  test_detail();
  test_result();
}
