// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_wait.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_WAIT_H_
#define HOSTSCOPE_GEN_PROCESS_WAIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class ProcessExitWriter;
class WaitRequestWriter;
class WaitResponseWriter;
class WaitProcsRequestWriter;
class WaitProcsResponseWriter;

// How a process ended.
class ProcessExitWriter {
 public:
  explicit ProcessExitWriter(wire::Writer& writer) : writer_(writer) {}

  // The process.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Exit code; the negative signal number if a signal ended it. Absent where the kernel tells only the parent.
  void returncode(int32_t value) { writer_.put_int32<2>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Process.Wait.
class WaitRequestWriter {
 public:
  explicit WaitRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The process; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Seconds until DEADLINE_EXCEEDED with TIMEOUT_EXPIRED; 0 looks once. Absent: until the call's own deadline.
  void timeout(double value) { writer_.put_double<2>(value); }

 private:
  wire::Writer& writer_;
};

// Response of Process.Wait.
class WaitResponseWriter {
 public:
  explicit WaitResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How it ended.
  template <class Fill>
  void exit(Fill&& fill) {
    writer_.put_message<1, ProcessExitWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.WaitProcs.
class WaitProcsRequestWriter {
 public:
  explicit WaitProcsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The processes; required.
  template <class Fill>
  void refs(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Seconds until the stream ends with the processes still alive. Absent: until all are gone.
  void timeout(double value) { writer_.put_double<2>(value); }

 private:
  wire::Writer& writer_;
};

// One message of the answer to Process.WaitProcs.
class WaitProcsResponseWriter {
 public:
  explicit WaitProcsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Processes that ended since the message before.
  template <class Fill>
  void gone(Fill&& fill) {
    writer_.put_message<1, ProcessExitWriter>(std::forward<Fill>(fill));
  }

  // In the last message: processes still alive when the timeout passed.
  template <class Fill>
  void alive(Fill&& fill) {
    writer_.put_message<2, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct WaitRequest;
struct WaitProcsRequest;

// Request of Process.Wait.
struct WaitRequest {
  // The process; required.
  std::optional<ProcessRef> ref;
  // Seconds until DEADLINE_EXCEEDED with TIMEOUT_EXPIRED; 0 looks once. Absent: until the call's own deadline.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WaitRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.WaitProcs.
struct WaitProcsRequest {
  // The processes; required.
  std::vector<ProcessRef> refs;
  // Seconds until the stream ends with the processes still alive. Absent: until all are gone.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WaitProcsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool WaitRequest::parse(std::string_view bytes, WaitRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WaitRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("WaitRequest.ref");
        break;
      case 2:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WaitRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WaitRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WaitRequest");
}

inline bool WaitProcsRequest::parse(std::string_view bytes, WaitProcsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WaitProcsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(refs.emplace_back())) return reader.failed_in("WaitProcsRequest.refs");
        break;
      case 2:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WaitProcsRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WaitProcsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WaitProcsRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_WAIT_H_
