// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_tree.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_TREE_H_
#define HOSTSCOPE_GEN_PROCESS_TREE_H_

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

// What became of one target of a call that has many.
enum class ControlOutcome : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // The signal was delivered.
  kSignalled = 1,
  // It had ended before.
  kGone = 2,
  // The operating system refused the agent.
  kDenied = 3,
  // It is one of those that no call may signal.
  kProtected = 4,
  // The operating system failed otherwise; `os_error` has its number.
  kFailed = 5,
  // The agent's policy does not let this caller act on it; it was left alone.
  kNotPermitted = 6,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ControlOutcome value) {
  switch (value) {
    case ControlOutcome::kUnspecified:
    case ControlOutcome::kSignalled:
    case ControlOutcome::kGone:
    case ControlOutcome::kDenied:
    case ControlOutcome::kProtected:
    case ControlOutcome::kFailed:
    case ControlOutcome::kNotPermitted:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ControlOutcome value) {
  switch (value) {
    case ControlOutcome::kUnspecified:
      return "unspecified";
    case ControlOutcome::kSignalled:
      return "signalled";
    case ControlOutcome::kGone:
      return "gone";
    case ControlOutcome::kDenied:
      return "denied";
    case ControlOutcome::kProtected:
      return "protected";
    case ControlOutcome::kFailed:
      return "failed";
    case ControlOutcome::kNotPermitted:
      return "not_permitted";
  }
  return "unspecified";
}

class ControlTargetWriter;
class KillTreeRequestWriter;
class KillTreeResponseWriter;
class ReapRequestWriter;
class ReapResponseWriter;

// One target of a call that has many.
class ControlTargetWriter {
 public:
  explicit ControlTargetWriter(wire::Writer& writer) : writer_(writer) {}

  // The process.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Its name, if it could be read.
  void name(std::string_view value) { writer_.put_string<2>(value); }

  // What became of it.
  void outcome(ControlOutcome value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<3>(value);
  }

  // How surely the signal met it; unspecified if none was sent.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<4>(value);
  }

  // Error number of the operating system, for DENIED and FAILED.
  void os_error(int32_t value) { writer_.put_int32<5>(value); }

  // Whether it had ended by the time of the answer.
  void ended(bool value) {
    if (value) writer_.put_bool<6>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.KillTree.
class KillTreeRequestWriter {
 public:
  explicit KillTreeRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Root of the tree; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Seconds to wait for the ends, from 0 to 60. Default: 5.
  void timeout(double value) { writer_.put_double<2>(value); }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

  // True to leave the root itself alone and end only what descends from it.
  void keep_root(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.KillTree.
class KillTreeResponseWriter {
 public:
  explicit KillTreeResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Every process that was met in the tree, the root first.
  template <class Fill>
  void targets(Fill&& fill) {
    writer_.put_message<1, ControlTargetWriter>(std::forward<Fill>(fill));
  }

  // Those of them that had not ended when the time was over.
  template <class Fill>
  void survivors(Fill&& fill) {
    writer_.put_message<2, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Whether a control group that holds nothing but this tree was killed as one.
  void by_cgroup(bool value) {
    if (value) writer_.put_bool<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Reap.
class ReapRequestWriter {
 public:
  explicit ReapRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The process whose children are to end; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Seconds they get after SIGTERM before SIGKILL, from 0 to 60. Default: 3.
  void grace(double value) { writer_.put_double<2>(value); }

  // Seconds to wait for the ends after SIGKILL, from 0 to 60. Default: 3.
  void timeout(double value) { writer_.put_double<3>(value); }

  // True for all descendants, false for children only.
  void recursive(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<5, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Reap.
class ReapResponseWriter {
 public:
  explicit ReapResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Every process that was asked to end.
  template <class Fill>
  void targets(Fill&& fill) {
    writer_.put_message<1, ControlTargetWriter>(std::forward<Fill>(fill));
  }

  // Those that ended by themselves within the grace.
  template <class Fill>
  void terminated(Fill&& fill) {
    writer_.put_message<2, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Those that had to be killed.
  template <class Fill>
  void killed(Fill&& fill) {
    writer_.put_message<3, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Those that had not ended when the time was over.
  template <class Fill>
  void survivors(Fill&& fill) {
    writer_.put_message<4, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct KillTreeRequest;
struct ReapRequest;

// Request of Process.KillTree.
struct KillTreeRequest {
  // Root of the tree; required.
  std::optional<ProcessRef> ref;
  // Seconds to wait for the ends, from 0 to 60. Default: 5.
  std::optional<double> timeout;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // True to leave the root itself alone and end only what descends from it.
  bool keep_root = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, KillTreeRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Reap.
struct ReapRequest {
  // The process whose children are to end; required.
  std::optional<ProcessRef> ref;
  // Seconds they get after SIGTERM before SIGKILL, from 0 to 60. Default: 3.
  std::optional<double> grace;
  // Seconds to wait for the ends after SIGKILL, from 0 to 60. Default: 3.
  std::optional<double> timeout;
  // True for all descendants, false for children only.
  bool recursive = false;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ReapRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool KillTreeRequest::parse(std::string_view bytes, KillTreeRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool KillTreeRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("KillTreeRequest.ref");
        break;
      case 2:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("KillTreeRequest.timeout");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("KillTreeRequest.mutation");
        break;
      case 4:
        if (!reader.get_bool(keep_root)) return reader.failed_in("KillTreeRequest.keep_root");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("KillTreeRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("KillTreeRequest");
}

inline bool ReapRequest::parse(std::string_view bytes, ReapRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ReapRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ReapRequest.ref");
        break;
      case 2:
        if (!reader.get_double(grace.emplace())) return reader.failed_in("ReapRequest.grace");
        break;
      case 3:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("ReapRequest.timeout");
        break;
      case 4:
        if (!reader.get_bool(recursive)) return reader.failed_in("ReapRequest.recursive");
        break;
      case 5:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("ReapRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ReapRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ReapRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_TREE_H_
