// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/popen.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_POPEN_H_
#define HOSTSCOPE_GEN_POPEN_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/process_control.gen.h"
#include "gen/process_wait.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class PopenStartWriter;
class PopenRequestWriter;
class PopenResponseWriter;

// What is to be started. Never through a shell; environment, directory and user are given, not inherited.
class PopenStartWriter {
 public:
  explicit PopenStartWriter(wire::Writer& writer) : writer_(writer) {}

  // Program and arguments; the program is an absolute path. Required.
  void args(std::string_view value) { writer_.put_string<1>(value); }

  // The whole environment. Windows: variables that its programs do not start without are the agent's if not given, and no
  // two names may differ in case alone.
  void env(std::string_view key, std::string_view value) {
    writer_.put_message<2, wire::Writer&>([&](wire::Writer& writer) {
      writer.put_string<1>(key);
      writer.put_string<2>(value);
    });
  }

  // Working directory, an absolute path. Default: the root directory, on Windows that of the system's drive.
  void cwd(std::string_view value) { writer_.put_string<3>(value); }

  // User to run as. Default: the agent's own. Windows: unsupported.
  void username(std::string_view value) { writer_.put_string<4>(value); }

  // True if the process goes on when the call ends; else it is ended with the call.
  void detached(bool value) {
    if (value) writer_.put_bool<5>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<6, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One message from the client. The first is `start`.
class PopenRequestWriter {
 public:
  explicit PopenRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Starts the process.
  template <class Fill>
  void start(Fill&& fill) {
    writer_.put_message<1, PopenStartWriter>(std::forward<Fill>(fill));
  }

  // Bytes for its standard input.
  void stdin_(std::string_view value) { writer_.put_bytes<2>(value); }

  // Closes its standard input.
  void stdin_end(bool value) { writer_.put_bool<3>(value); }

  // Sends it a signal, on Windows one of those of SendSignal.
  void signal(int32_t value) { writer_.put_int32<4>(value); }

 private:
  wire::Writer& writer_;
};

// One message from the agent. The first is `started`, the last `exit`.
class PopenResponseWriter {
 public:
  explicit PopenResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // The process runs; this is its ref.
  template <class Fill>
  void started(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Bytes from its standard output.
  void stdout_(std::string_view value) { writer_.put_bytes<2>(value); }

  // Bytes from its standard error.
  void stderr_(std::string_view value) { writer_.put_bytes<3>(value); }

  // It ended.
  template <class Fill>
  void exit(Fill&& fill) {
    writer_.put_message<4, ProcessExitWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct PopenStart;
struct PopenRequest;

// What is to be started. Never through a shell; environment, directory and user are given, not inherited.
struct PopenStart {
  // Program and arguments; the program is an absolute path. Required.
  std::vector<std::string> args;
  // The whole environment. Windows: variables that its programs do not start without are the agent's if not given, and no
  // two names may differ in case alone.
  std::map<std::string, std::string> env;
  struct env_entry;
  // Working directory, an absolute path. Default: the root directory, on Windows that of the system's drive.
  std::optional<std::string> cwd;
  // User to run as. Default: the agent's own. Windows: unsupported.
  std::optional<std::string> username;
  // True if the process goes on when the call ends; else it is ended with the call.
  bool detached = false;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PopenStart& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// One message from the client. The first is `start`.
struct PopenRequest {
  // Starts the process.
  std::optional<PopenStart> start;
  // Bytes for its standard input.
  std::optional<std::string> stdin_;
  // Closes its standard input.
  std::optional<bool> stdin_end;
  // Sends it a signal, on Windows one of those of SendSignal.
  std::optional<int32_t> signal;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PopenRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

struct PopenStart::env_entry {
  std::string key{};
  std::string value{};
  bool read(wire::Reader& reader);
};

inline bool PopenStart::parse(std::string_view bytes, PopenStart& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PopenStart::env_entry::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(key)) return reader.failed_in("PopenStart.env.key");
        break;
      case 2:
        if (!reader.get_string(value)) return reader.failed_in("PopenStart.env.value");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PopenStart.env");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PopenStart.env");
}

inline bool PopenStart::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(args.emplace_back())) return reader.failed_in("PopenStart.args");
        break;
      case 2: {
        env_entry entry;
        if (!reader.get_message(entry)) return reader.failed_in("PopenStart.env");
        env[std::move(entry.key)] = std::move(entry.value);
        break;
      }
      case 3:
        if (!reader.get_string(cwd.emplace())) return reader.failed_in("PopenStart.cwd");
        break;
      case 4:
        if (!reader.get_string(username.emplace())) return reader.failed_in("PopenStart.username");
        break;
      case 5:
        if (!reader.get_bool(detached)) return reader.failed_in("PopenStart.detached");
        break;
      case 6:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("PopenStart.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PopenStart");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PopenStart");
}

inline bool PopenRequest::parse(std::string_view bytes, PopenRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PopenRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        stdin_.reset();
        stdin_end.reset();
        signal.reset();
        if (!reader.get_message(start.emplace())) return reader.failed_in("PopenRequest.start");
        break;
      case 2:
        start.reset();
        stdin_end.reset();
        signal.reset();
        if (!reader.get_bytes(stdin_.emplace())) return reader.failed_in("PopenRequest.stdin");
        break;
      case 3:
        start.reset();
        stdin_.reset();
        signal.reset();
        if (!reader.get_bool(stdin_end.emplace())) return reader.failed_in("PopenRequest.stdin_end");
        break;
      case 4:
        start.reset();
        stdin_.reset();
        stdin_end.reset();
        if (!reader.get_int32(signal.emplace())) return reader.failed_in("PopenRequest.signal");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PopenRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PopenRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_POPEN_H_
