// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_lease.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_LEASE_H_
#define HOSTSCOPE_GEN_PROCESS_LEASE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "gen/process_control.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// What a leased suspension is at.
enum class LeaseState : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // The process is stopped, and is resumed when this stream ends, for whatever reason.
  kHeld = 1,
  // The lease has run out; the process was resumed. The last message.
  kExpired = 2,
  // The process ended, or somebody else resumed it by Process.Resume. The last message.
  kOver = 3,
};

// Whether this version of the schema has the value.
constexpr bool is_known(LeaseState value) {
  switch (value) {
    case LeaseState::kUnspecified:
    case LeaseState::kHeld:
    case LeaseState::kExpired:
    case LeaseState::kOver:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(LeaseState value) {
  switch (value) {
    case LeaseState::kUnspecified:
      return "unspecified";
    case LeaseState::kHeld:
      return "held";
    case LeaseState::kExpired:
      return "expired";
    case LeaseState::kOver:
      return "over";
  }
  return "unspecified";
}

class SuspendLeasedRequestWriter;
class SuspendLeasedResponseWriter;

// Request of Process.SuspendLeased.
class SuspendLeasedRequestWriter {
 public:
  explicit SuspendLeasedRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Seconds after which it is resumed whatever happens, from 0.1 to 86,400; required.
  void lease(double value) { writer_.put_double<2>(value); }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One message of the answer to Process.SuspendLeased: once when the process is stopped, once when the lease is over.
class SuspendLeasedResponseWriter {
 public:
  explicit SuspendLeasedResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is at.
  void state(LeaseState value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // How surely the stop met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // False if the process was stopped already; then it is left so when the lease ends.
  void changed(bool value) {
    if (value) writer_.put_bool<3>(value);
  }

 private:
  wire::Writer& writer_;
};

struct SuspendLeasedRequest;

// Request of Process.SuspendLeased.
struct SuspendLeasedRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Seconds after which it is resumed whatever happens, from 0.1 to 86,400; required.
  std::optional<double> lease;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SuspendLeasedRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool SuspendLeasedRequest::parse(std::string_view bytes, SuspendLeasedRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SuspendLeasedRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SuspendLeasedRequest.ref");
        break;
      case 2:
        if (!reader.get_double(lease.emplace())) return reader.failed_in("SuspendLeasedRequest.lease");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SuspendLeasedRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SuspendLeasedRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SuspendLeasedRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_LEASE_H_
