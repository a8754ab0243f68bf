// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_select.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_SELECT_H_
#define HOSTSCOPE_GEN_PROCESS_SELECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "gen/process_control.gen.h"
#include "gen/process_tree.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class ProcessSelectorWriter;
class PreviewSignalRequestWriter;
class SelectedProcessWriter;
class PreviewSignalResponseWriter;
class CommitSignalRequestWriter;
class CommitSignalResponseWriter;

// Which processes are meant. All conditions that are given must hold; at least one is required.
class ProcessSelectorWriter {
 public:
  explicit ProcessSelectorWriter(wire::Writer& writer) : writer_(writer) {}

  // Its name, its executable's file name or its first argument, exactly.
  void name(std::string_view value) { writer_.put_string<1>(value); }

  // Name of its real user, exactly.
  void username(std::string_view value) { writer_.put_string<2>(value); }

  // A part of its command line, the arguments joined by blanks.
  void cmdline(std::string_view value) { writer_.put_string<3>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Process.PreviewSignal.
class PreviewSignalRequestWriter {
 public:
  explicit PreviewSignalRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Which processes; required.
  template <class Fill>
  void selector(Fill&& fill) {
    writer_.put_message<1, ProcessSelectorWriter>(std::forward<Fill>(fill));
  }

  // The signal that is to be sent; required.
  void signal(int32_t value) { writer_.put_int32<2>(value); }

  // More matches than this give no token, from 1 to 10,000. Default: 1.
  void max_matches(uint32_t value) { writer_.put_uint32<3>(value); }

 private:
  wire::Writer& writer_;
};

// One process that a selector chose.
class SelectedProcessWriter {
 public:
  explicit SelectedProcessWriter(wire::Writer& writer) : writer_(writer) {}

  // The process.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Its name.
  void name(std::string_view value) { writer_.put_string<2>(value); }

  // Name of its real user.
  void username(std::string_view value) { writer_.put_string<3>(value); }

  // Program and arguments.
  void cmdline(std::string_view value) { writer_.put_string<4>(value); }

  // True for one of those that no call may signal: the commit leaves it out.
  void protected_(bool value) {
    if (value) writer_.put_bool<5>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.PreviewSignal.
class PreviewSignalResponseWriter {
 public:
  explicit PreviewSignalResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // All that match, ascending by pid.
  template <class Fill>
  void matches(Fill&& fill) {
    writer_.put_message<1, SelectedProcessWriter>(std::forward<Fill>(fill));
  }

  // For Process.CommitSignal, once and soon. Absent if there are no matches, or more than max_matches.
  void token(std::string_view value) { writer_.put_string<2>(value); }

  // Seconds for which the token is good.
  void expires_in(double value) { writer_.put_double<3>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Process.CommitSignal.
class CommitSignalRequestWriter {
 public:
  explicit CommitSignalRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Of the preview; required.
  void token(std::string_view value) { writer_.put_string<1>(value); }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.CommitSignal.
class CommitSignalResponseWriter {
 public:
  explicit CommitSignalResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What became of each match of the preview, in its order.
  template <class Fill>
  void targets(Fill&& fill) {
    writer_.put_message<1, ControlTargetWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct ProcessSelector;
struct PreviewSignalRequest;
struct CommitSignalRequest;

// Which processes are meant. All conditions that are given must hold; at least one is required.
struct ProcessSelector {
  // Its name, its executable's file name or its first argument, exactly.
  std::optional<std::string> name;
  // Name of its real user, exactly.
  std::optional<std::string> username;
  // A part of its command line, the arguments joined by blanks.
  std::optional<std::string> cmdline;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessSelector& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.PreviewSignal.
struct PreviewSignalRequest {
  // Which processes; required.
  std::optional<ProcessSelector> selector;
  // The signal that is to be sent; required.
  std::optional<int32_t> signal;
  // More matches than this give no token, from 1 to 10,000. Default: 1.
  std::optional<uint32_t> max_matches;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PreviewSignalRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.CommitSignal.
struct CommitSignalRequest {
  // Of the preview; required.
  std::optional<std::string> token;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, CommitSignalRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool ProcessSelector::parse(std::string_view bytes, ProcessSelector& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessSelector::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name.emplace())) return reader.failed_in("ProcessSelector.name");
        break;
      case 2:
        if (!reader.get_string(username.emplace())) return reader.failed_in("ProcessSelector.username");
        break;
      case 3:
        if (!reader.get_string(cmdline.emplace())) return reader.failed_in("ProcessSelector.cmdline");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessSelector");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessSelector");
}

inline bool PreviewSignalRequest::parse(std::string_view bytes, PreviewSignalRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PreviewSignalRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(selector.emplace())) return reader.failed_in("PreviewSignalRequest.selector");
        break;
      case 2:
        if (!reader.get_int32(signal.emplace())) return reader.failed_in("PreviewSignalRequest.signal");
        break;
      case 3:
        if (!reader.get_uint32(max_matches.emplace())) return reader.failed_in("PreviewSignalRequest.max_matches");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PreviewSignalRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PreviewSignalRequest");
}

inline bool CommitSignalRequest::parse(std::string_view bytes, CommitSignalRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool CommitSignalRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(token.emplace())) return reader.failed_in("CommitSignalRequest.token");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("CommitSignalRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("CommitSignalRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("CommitSignalRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_SELECT_H_
