// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service_control.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_WIN_SERVICE_CONTROL_H_
#define HOSTSCOPE_GEN_WIN_SERVICE_CONTROL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/process_control.gen.h"
#include "gen/process_watch.gen.h"
#include "gen/watch_pace.gen.h"
#include "gen/win_service_values.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class WinServiceWatchRequestWriter;
class WinServiceWatchResponseWriter;
class WinServiceStartRequestWriter;
class WinServiceStartResponseWriter;
class WinServiceStopRequestWriter;
class WinServiceStopResponseWriter;
class WinServiceRestartRequestWriter;
class WinServiceRestartResponseWriter;
class WinServicePauseRequestWriter;
class WinServicePauseResponseWriter;
class WinServiceContinueRequestWriter;
class WinServiceContinueResponseWriter;
class WinServiceSetStartTypeRequestWriter;
class WinServiceSetStartTypeResponseWriter;

// Request of WinService.Watch.
class WinServiceWatchRequestWriter {
 public:
  explicit WinServiceWatchRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Names of the services to watch; none means all. One that there is none of is left out until it is there.
  void names(std::string_view value) { writer_.put_string<1>(value); }

  // Seconds between two looks, 1 to 3600; 2 if it is absent.
  void interval(double value) { writer_.put_double<2>(value); }

 private:
  wire::Writer& writer_;
};

// One message of WinService.Watch.
class WinServiceWatchResponseWriter {
 public:
  explicit WinServiceWatchResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it holds.
  void kind(WatchKind value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Number of the look at all services; see ProcessWatchResponse.
  void sequence(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // When the look was done: nothing it tells of is later.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<3, SampleWriter>(std::forward<Fill>(fill));
  }

  // Services that are watched, in a snapshot, or those of them that changed: names, states and pids.
  template <class Fill>
  void services(Fill&& fill) {
    writer_.put_message<4, WindowsServiceWriter>(std::forward<Fill>(fill));
  }

  // Names of those that were removed.
  void removed(std::string_view value) { writer_.put_string<5>(value); }

  // Looks that this reader was too slow for; what changed in them is in this message.
  void dropped(uint32_t value) {
    if (value != 0) writer_.put_uint32<6>(value);
  }

  // Seconds between the last two looks; absent in the first message.
  void interval(double value) { writer_.put_double<7>(value); }

  // True if more may have happened than can be seen, for there was no look for much longer than asked.
  void gap(bool value) {
    if (value) writer_.put_bool<8>(value);
  }

  // How fast the agent collects, when that has changed.
  template <class Fill>
  void pace(Fill&& fill) {
    writer_.put_message<9, WatchPaceWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of WinService.Start.
class WinServiceStartRequestWriter {
 public:
  explicit WinServiceStartRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

  // Arguments for it, without its name.
  void arguments(std::string_view value) { writer_.put_string<3>(value); }

  // Seconds to wait for it to run, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  void timeout(double value) { writer_.put_double<4>(value); }

 private:
  wire::Writer& writer_;
};

// Response of WinService.Start.
class WinServiceStartResponseWriter {
 public:
  explicit WinServiceStartResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is doing now.
  void status(WinServiceStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it ran already.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

  // Pid of its process.
  void pid(int64_t value) { writer_.put_int64<3>(value); }

 private:
  wire::Writer& writer_;
};

// Request of WinService.Stop.
class WinServiceStopRequestWriter {
 public:
  explicit WinServiceStopRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

  // Whether to stop those first that depend on it and run. Otherwise they make the call fail with PRECONDITION.
  void dependents(bool value) {
    if (value) writer_.put_bool<3>(value);
  }

  // Seconds to wait for its end, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it has not stopped by then.
  void timeout(double value) { writer_.put_double<4>(value); }

 private:
  wire::Writer& writer_;
};

// Response of WinService.Stop.
class WinServiceStopResponseWriter {
 public:
  explicit WinServiceStopResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is doing now.
  void status(WinServiceStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it had stopped before.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

  // Names of those that depend on it and were stopped first, in that order.
  void dependents(std::string_view value) { writer_.put_string<3>(value); }

 private:
  wire::Writer& writer_;
};

// Request of WinService.Restart.
class WinServiceRestartRequestWriter {
 public:
  explicit WinServiceRestartRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

  // Whether to stop those first that depend on it and run, and to start them again.
  void dependents(bool value) {
    if (value) writer_.put_bool<3>(value);
  }

  // Seconds to wait for it to run, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  void timeout(double value) { writer_.put_double<4>(value); }

 private:
  wire::Writer& writer_;
};

// Response of WinService.Restart.
class WinServiceRestartResponseWriter {
 public:
  explicit WinServiceRestartResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is doing now.
  void status(WinServiceStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Names of those that depend on it and were stopped and started again.
  void dependents(std::string_view value) { writer_.put_string<2>(value); }

  // Pid of its process.
  void pid(int64_t value) { writer_.put_int64<3>(value); }

 private:
  wire::Writer& writer_;
};

// Request of WinService.Pause.
class WinServicePauseRequestWriter {
 public:
  explicit WinServicePauseRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required. PRECONDITION if it does not run, or cannot be paused.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

  // Seconds to wait for it to pause, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it has not by then.
  void timeout(double value) { writer_.put_double<3>(value); }

 private:
  wire::Writer& writer_;
};

// Response of WinService.Pause.
class WinServicePauseResponseWriter {
 public:
  explicit WinServicePauseResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is doing now.
  void status(WinServiceStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it was paused already.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of WinService.Continue.
class WinServiceContinueRequestWriter {
 public:
  explicit WinServiceContinueRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required. PRECONDITION if it does not run.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

  // Seconds to wait for it to go on, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  void timeout(double value) { writer_.put_double<3>(value); }

 private:
  wire::Writer& writer_;
};

// Response of WinService.Continue.
class WinServiceContinueResponseWriter {
 public:
  explicit WinServiceContinueResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is doing now.
  void status(WinServiceStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it was not paused.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of WinService.SetStartType.
class WinServiceSetStartTypeRequestWriter {
 public:
  explicit WinServiceSetStartTypeRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service; required.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // How it is to be started; required.
  void start_type(WinServiceStartType value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of WinService.SetStartType.
class WinServiceSetStartTypeResponseWriter {
 public:
  explicit WinServiceSetStartTypeResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How it was started before; absent for a way this version of hostscope does not know.
  void before(WinServiceStartType value) { writer_.put_enum<1>(value); }

 private:
  wire::Writer& writer_;
};

struct WinServiceWatchRequest;
struct WinServiceStartRequest;
struct WinServiceStopRequest;
struct WinServiceRestartRequest;
struct WinServicePauseRequest;
struct WinServiceContinueRequest;
struct WinServiceSetStartTypeRequest;

// Request of WinService.Watch.
struct WinServiceWatchRequest {
  // Names of the services to watch; none means all. One that there is none of is left out until it is there.
  std::vector<std::string> names;
  // Seconds between two looks, 1 to 3600; 2 if it is absent.
  std::optional<double> interval;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceWatchRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.Start.
struct WinServiceStartRequest {
  // Name of the service; required.
  std::string name;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Arguments for it, without its name.
  std::vector<std::string> arguments;
  // Seconds to wait for it to run, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceStartRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.Stop.
struct WinServiceStopRequest {
  // Name of the service; required.
  std::string name;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Whether to stop those first that depend on it and run. Otherwise they make the call fail with PRECONDITION.
  bool dependents = false;
  // Seconds to wait for its end, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it has not stopped by then.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceStopRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.Restart.
struct WinServiceRestartRequest {
  // Name of the service; required.
  std::string name;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Whether to stop those first that depend on it and run, and to start them again.
  bool dependents = false;
  // Seconds to wait for it to run, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceRestartRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.Pause.
struct WinServicePauseRequest {
  // Name of the service; required. PRECONDITION if it does not run, or cannot be paused.
  std::string name;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Seconds to wait for it to pause, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it has not by then.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServicePauseRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.Continue.
struct WinServiceContinueRequest {
  // Name of the service; required. PRECONDITION if it does not run.
  std::string name;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Seconds to wait for it to go on, 0 to 60; 30 if absent. TIMEOUT_EXPIRED if it does not by then.
  std::optional<double> timeout;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceContinueRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.SetStartType.
struct WinServiceSetStartTypeRequest {
  // Name of the service; required.
  std::string name;
  // How it is to be started; required.
  WinServiceStartType start_type{};
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceSetStartTypeRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool WinServiceWatchRequest::parse(std::string_view bytes, WinServiceWatchRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceWatchRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(names.emplace_back())) return reader.failed_in("WinServiceWatchRequest.names");
        break;
      case 2:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("WinServiceWatchRequest.interval");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceWatchRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceWatchRequest");
}

inline bool WinServiceStartRequest::parse(std::string_view bytes, WinServiceStartRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceStartRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceStartRequest.name");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServiceStartRequest.mutation");
        break;
      case 3:
        if (!reader.get_string(arguments.emplace_back())) return reader.failed_in("WinServiceStartRequest.arguments");
        break;
      case 4:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WinServiceStartRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceStartRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceStartRequest");
}

inline bool WinServiceStopRequest::parse(std::string_view bytes, WinServiceStopRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceStopRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceStopRequest.name");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServiceStopRequest.mutation");
        break;
      case 3:
        if (!reader.get_bool(dependents)) return reader.failed_in("WinServiceStopRequest.dependents");
        break;
      case 4:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WinServiceStopRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceStopRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceStopRequest");
}

inline bool WinServiceRestartRequest::parse(std::string_view bytes, WinServiceRestartRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceRestartRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceRestartRequest.name");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServiceRestartRequest.mutation");
        break;
      case 3:
        if (!reader.get_bool(dependents)) return reader.failed_in("WinServiceRestartRequest.dependents");
        break;
      case 4:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WinServiceRestartRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceRestartRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceRestartRequest");
}

inline bool WinServicePauseRequest::parse(std::string_view bytes, WinServicePauseRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServicePauseRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServicePauseRequest.name");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServicePauseRequest.mutation");
        break;
      case 3:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WinServicePauseRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServicePauseRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServicePauseRequest");
}

inline bool WinServiceContinueRequest::parse(std::string_view bytes, WinServiceContinueRequest& out,
                                             std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceContinueRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceContinueRequest.name");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServiceContinueRequest.mutation");
        break;
      case 3:
        if (!reader.get_double(timeout.emplace())) return reader.failed_in("WinServiceContinueRequest.timeout");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceContinueRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceContinueRequest");
}

inline bool WinServiceSetStartTypeRequest::parse(std::string_view bytes, WinServiceSetStartTypeRequest& out,
                                                 std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceSetStartTypeRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceSetStartTypeRequest.name");
        break;
      case 2:
        if (!reader.get_enum(start_type)) return reader.failed_in("WinServiceSetStartTypeRequest.start_type");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("WinServiceSetStartTypeRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceSetStartTypeRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceSetStartTypeRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_WIN_SERVICE_CONTROL_H_
