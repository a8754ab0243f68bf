// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service_values.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_WIN_SERVICE_VALUES_H_
#define HOSTSCOPE_GEN_WIN_SERVICE_VALUES_H_

#include <cstdint>
#include <string_view>
#include <utility>

#include "gen/process_info.gen.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Names the attributes of WindowsService; each number equals the number of the field of the same name.
enum class WinServiceAttribute : int32_t {
  // Not an attribute; refused in requests.
  kUnspecified = 0,
  // WindowsService.binpath.
  kBinpath = 4,
  // WindowsService.username.
  kUsername = 5,
  // WindowsService.start_type.
  kStartType = 6,
  // WindowsService.status.
  kStatus = 7,
  // WindowsService.pid.
  kPid = 8,
  // WindowsService.description.
  kDescription = 9,
};

// Whether this version of the schema has the value.
constexpr bool is_known(WinServiceAttribute value) {
  switch (value) {
    case WinServiceAttribute::kUnspecified:
    case WinServiceAttribute::kBinpath:
    case WinServiceAttribute::kUsername:
    case WinServiceAttribute::kStartType:
    case WinServiceAttribute::kStatus:
    case WinServiceAttribute::kPid:
    case WinServiceAttribute::kDescription:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(WinServiceAttribute value) {
  switch (value) {
    case WinServiceAttribute::kUnspecified:
      return "unspecified";
    case WinServiceAttribute::kBinpath:
      return "binpath";
    case WinServiceAttribute::kUsername:
      return "username";
    case WinServiceAttribute::kStartType:
      return "start_type";
    case WinServiceAttribute::kStatus:
      return "status";
    case WinServiceAttribute::kPid:
      return "pid";
    case WinServiceAttribute::kDescription:
      return "description";
  }
  return "unspecified";
}

// How a service is started.
enum class WinServiceStartType : int32_t {
  // One this version of hostscope does not know.
  kUnspecified = 0,
  // With the system.
  kAutomatic = 1,
  // When asked to.
  kManual = 2,
  // Not at all.
  kDisabled = 3,
};

// Whether this version of the schema has the value.
constexpr bool is_known(WinServiceStartType value) {
  switch (value) {
    case WinServiceStartType::kUnspecified:
    case WinServiceStartType::kAutomatic:
    case WinServiceStartType::kManual:
    case WinServiceStartType::kDisabled:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(WinServiceStartType value) {
  switch (value) {
    case WinServiceStartType::kUnspecified:
      return "unspecified";
    case WinServiceStartType::kAutomatic:
      return "automatic";
    case WinServiceStartType::kManual:
      return "manual";
    case WinServiceStartType::kDisabled:
      return "disabled";
  }
  return "unspecified";
}

// What a service is doing.
enum class WinServiceStatus : int32_t {
  // One this version of hostscope does not know.
  kUnspecified = 0,
  // Running.
  kRunning = 1,
  // Paused.
  kPaused = 2,
  // Starting.
  kStartPending = 3,
  // On its way to a pause.
  kPausePending = 4,
  // On its way out of a pause.
  kContinuePending = 5,
  // Stopping.
  kStopPending = 6,
  // Stopped.
  kStopped = 7,
};

// Whether this version of the schema has the value.
constexpr bool is_known(WinServiceStatus value) {
  switch (value) {
    case WinServiceStatus::kUnspecified:
    case WinServiceStatus::kRunning:
    case WinServiceStatus::kPaused:
    case WinServiceStatus::kStartPending:
    case WinServiceStatus::kPausePending:
    case WinServiceStatus::kContinuePending:
    case WinServiceStatus::kStopPending:
    case WinServiceStatus::kStopped:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(WinServiceStatus value) {
  switch (value) {
    case WinServiceStatus::kUnspecified:
      return "unspecified";
    case WinServiceStatus::kRunning:
      return "running";
    case WinServiceStatus::kPaused:
      return "paused";
    case WinServiceStatus::kStartPending:
      return "start_pending";
    case WinServiceStatus::kPausePending:
      return "pause_pending";
    case WinServiceStatus::kContinuePending:
      return "continue_pending";
    case WinServiceStatus::kStopPending:
      return "stop_pending";
    case WinServiceStatus::kStopped:
      return "stopped";
  }
  return "unspecified";
}

class WinServiceFailureWriter;
class WindowsServiceWriter;

// One attribute that was asked for and has no value.
class WinServiceFailureWriter {
 public:
  explicit WinServiceFailureWriter(wire::Writer& writer) : writer_(writer) {}

  // Which.
  void attribute(WinServiceAttribute value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Why. GONE if the service was removed meanwhile.
  void outcome(AttributeOutcome value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The operating system's error number, where one was given.
  void os_error(int32_t value) { writer_.put_int32<3>(value); }

 private:
  wire::Writer& writer_;
};

// One service. Name and display name are always there; of the others those that were asked for. One that is absent and
// not in `failures` is known to have no value: psutil's None, or "".
class WindowsServiceWriter {
 public:
  explicit WindowsServiceWriter(wire::Writer& writer) : writer_(writer) {}

  // Name by which it is referred to, e.g. "alg"; case does not matter.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Name for people.
  void display_name(std::string_view value) {
    if (!value.empty()) writer_.put_string<2>(value);
  }

  // Attributes asked for that could not be read.
  template <class Fill>
  void failures(Fill&& fill) {
    writer_.put_message<3, WinServiceFailureWriter>(std::forward<Fill>(fill));
  }

  // Path of the program, with its arguments. Needs the cmdline grant.
  void binpath(std::string_view value) { writer_.put_string<4>(value); }

  // Account it runs as, e.g. "NT AUTHORITY\LocalService".
  void username(std::string_view value) { writer_.put_string<5>(value); }

  // How it is started.
  void start_type(WinServiceStartType value) { writer_.put_enum<6>(value); }

  // What it is doing.
  void status(WinServiceStatus value) { writer_.put_enum<7>(value); }

  // Pid of its process; absent while it has none.
  void pid(int64_t value) { writer_.put_int64<8>(value); }

  // Description for people.
  void description(std::string_view value) { writer_.put_string<9>(value); }

 private:
  wire::Writer& writer_;
};

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_WIN_SERVICE_VALUES_H_
