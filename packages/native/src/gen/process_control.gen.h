// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_control.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_CONTROL_H_
#define HOSTSCOPE_GEN_PROCESS_CONTROL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/process_values.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// How surely the action met the process that the ref names, and no other.
enum class Guarantee : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // The action went through a handle whose identity was verified: it cannot have hit another process.
  kAtomic = 1,
  // Identity was verified right before and right after; the platform has no handle for this action.
  kChecked = 2,
};

// Whether this version of the schema has the value.
constexpr bool is_known(Guarantee value) {
  switch (value) {
    case Guarantee::kUnspecified:
    case Guarantee::kAtomic:
    case Guarantee::kChecked:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(Guarantee value) {
  switch (value) {
    case Guarantee::kUnspecified:
      return "unspecified";
    case Guarantee::kAtomic:
      return "atomic";
    case Guarantee::kChecked:
      return "checked";
  }
  return "unspecified";
}

// Resources that can be limited, psutil's RLIMIT_* constants. Linux; numbers are hostscope's, not the kernel's.
enum class RlimitResource : int32_t {
  // Not a resource; refused.
  kUnspecified = 0,
  // Address space, bytes.
  kAs = 1,
  // Core file, bytes.
  kCore = 2,
  // CPU time, seconds.
  kCpu = 3,
  // Data segment, bytes.
  kData = 4,
  // File size, bytes.
  kFsize = 5,
  // File locks.
  kLocks = 6,
  // Locked memory, bytes.
  kMemlock = 7,
  // POSIX message queues, bytes.
  kMsgqueue = 8,
  // Ceiling of the niceness, as 20 minus nice.
  kNice = 9,
  // Open files.
  kNofile = 10,
  // Processes and threads of the user.
  kNproc = 11,
  // Resident set, bytes; not enforced by current kernels.
  kRss = 12,
  // Ceiling of the real-time priority.
  kRtprio = 13,
  // Real-time CPU time without a blocking call, microseconds.
  kRttime = 14,
  // Queued signals.
  kSigpending = 15,
  // Stack, bytes.
  kStack = 16,
};

// Whether this version of the schema has the value.
constexpr bool is_known(RlimitResource value) {
  switch (value) {
    case RlimitResource::kUnspecified:
    case RlimitResource::kAs:
    case RlimitResource::kCore:
    case RlimitResource::kCpu:
    case RlimitResource::kData:
    case RlimitResource::kFsize:
    case RlimitResource::kLocks:
    case RlimitResource::kMemlock:
    case RlimitResource::kMsgqueue:
    case RlimitResource::kNice:
    case RlimitResource::kNofile:
    case RlimitResource::kNproc:
    case RlimitResource::kRss:
    case RlimitResource::kRtprio:
    case RlimitResource::kRttime:
    case RlimitResource::kSigpending:
    case RlimitResource::kStack:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(RlimitResource value) {
  switch (value) {
    case RlimitResource::kUnspecified:
      return "unspecified";
    case RlimitResource::kAs:
      return "as";
    case RlimitResource::kCore:
      return "core";
    case RlimitResource::kCpu:
      return "cpu";
    case RlimitResource::kData:
      return "data";
    case RlimitResource::kFsize:
      return "fsize";
    case RlimitResource::kLocks:
      return "locks";
    case RlimitResource::kMemlock:
      return "memlock";
    case RlimitResource::kMsgqueue:
      return "msgqueue";
    case RlimitResource::kNice:
      return "nice";
    case RlimitResource::kNofile:
      return "nofile";
    case RlimitResource::kNproc:
      return "nproc";
    case RlimitResource::kRss:
      return "rss";
    case RlimitResource::kRtprio:
      return "rtprio";
    case RlimitResource::kRttime:
      return "rttime";
    case RlimitResource::kSigpending:
      return "sigpending";
    case RlimitResource::kStack:
      return "stack";
  }
  return "unspecified";
}

class MutationWriter;
class SendSignalRequestWriter;
class SendSignalResponseWriter;
class SuspendRequestWriter;
class SuspendResponseWriter;
class ResumeRequestWriter;
class ResumeResponseWriter;
class TerminateRequestWriter;
class TerminateResponseWriter;
class KillRequestWriter;
class KillResponseWriter;
class SetNiceRequestWriter;
class SetNiceResponseWriter;
class SetIoniceRequestWriter;
class SetIoniceResponseWriter;
class SetCpuAffinityRequestWriter;
class SetCpuAffinityResponseWriter;
class RlimitPairWriter;
class RlimitRequestWriter;
class RlimitResponseWriter;
class SetRlimitRequestWriter;
class SetRlimitResponseWriter;

// What every call that changes something may carry.
class MutationWriter {
 public:
  explicit MutationWriter(wire::Writer& writer) : writer_(writer) {}

  // Why, for the audit log; at most 256 bytes. A policy may require it.
  void reason(std::string_view value) { writer_.put_string<1>(value); }

  // Makes a retry safe: a repeated call with the same id gets the first one's answer instead of acting again. Callers
  // have ids of their own: what an agent knows as another identity cannot meet or use up somebody else's.
  void operation_id(std::string_view value) { writer_.put_string<2>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Process.SendSignal.
class SendSignalRequestWriter {
 public:
  explicit SendSignalRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Signal number of the target's platform, e.g. 15; required. Linux: 1 to 64; 0 only probes and is refused, as
  // IsRunning answers better. Windows: CTRL_C_EVENT (0), CTRL_BREAK_EVENT (1), or the numbers that
  // SIGKILL, SIGTERM, SIGCONT and SIGSTOP have on Linux.
  void signal(int32_t value) { writer_.put_int32<2>(value); }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.SendSignal.
class SendSignalResponseWriter {
 public:
  explicit SendSignalResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Suspend.
class SuspendRequestWriter {
 public:
  explicit SuspendRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Suspend.
class SuspendResponseWriter {
 public:
  explicit SuspendResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it was stopped already.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Resume.
class ResumeRequestWriter {
 public:
  explicit ResumeRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Resume.
class ResumeResponseWriter {
 public:
  explicit ResumeResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // False if it was not stopped.
  void changed(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Terminate.
class TerminateRequestWriter {
 public:
  explicit TerminateRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Terminate.
class TerminateResponseWriter {
 public:
  explicit TerminateResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Kill.
class KillRequestWriter {
 public:
  explicit KillRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<2, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Kill.
class KillResponseWriter {
 public:
  explicit KillResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.SetNice.
class SetNiceRequestWriter {
 public:
  explicit SetNiceRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Niceness -20..19 on POSIX, priority class on Windows.
  void nice(int32_t value) { writer_.put_int32<2>(value); }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  void all_threads(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.SetNice.
class SetNiceResponseWriter {
 public:
  explicit SetNiceResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.SetIonice.
class SetIoniceRequestWriter {
 public:
  explicit SetIoniceRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Class and value on Linux, level on Windows.
  template <class Fill>
  void ionice(Fill&& fill) {
    writer_.put_message<2, ProcessIoniceWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  void all_threads(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.SetIonice.
class SetIoniceResponseWriter {
 public:
  explicit SetIoniceResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.SetCpuAffinity.
class SetCpuAffinityRequestWriter {
 public:
  explicit SetCpuAffinityRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // CPUs it may run on from now; none means all it is eligible for.
  void cpus(std::span<const uint32_t> values) {
    writer_.put_packed_varint<2>(values, [](uint64_t value) { return value; });
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<3, MutationWriter>(std::forward<Fill>(fill));
  }

  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  void all_threads(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.SetCpuAffinity.
class SetCpuAffinityResponseWriter {
 public:
  explicit SetCpuAffinityResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // The set the kernel took, ascending.
  void cpus(std::span<const uint32_t> values) {
    writer_.put_packed_varint<2>(values, [](uint64_t value) { return value; });
  }

 private:
  wire::Writer& writer_;
};

// A soft and a hard limit.
class RlimitPairWriter {
 public:
  explicit RlimitPairWriter(wire::Writer& writer) : writer_(writer) {}

  // The limit in force; absent means unlimited, psutil's RLIM_INFINITY.
  void soft(uint64_t value) { writer_.put_uint64<1>(value); }

  // How far the soft limit may be raised; absent means unlimited.
  void hard(uint64_t value) { writer_.put_uint64<2>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Process.Rlimit.
class RlimitRequestWriter {
 public:
  explicit RlimitRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The process; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // The resource; required.
  void resource(RlimitResource value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Rlimit.
class RlimitResponseWriter {
 public:
  explicit RlimitResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Its limits.
  template <class Fill>
  void limits(Fill&& fill) {
    writer_.put_message<1, RlimitPairWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.SetRlimit.
class SetRlimitRequestWriter {
 public:
  explicit SetRlimitRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The target; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // The resource; required.
  void resource(RlimitResource value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The new limits; required.
  template <class Fill>
  void limits(Fill&& fill) {
    writer_.put_message<3, RlimitPairWriter>(std::forward<Fill>(fill));
  }

  // Reason and retry id.
  template <class Fill>
  void mutation(Fill&& fill) {
    writer_.put_message<4, MutationWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.SetRlimit.
class SetRlimitResponseWriter {
 public:
  explicit SetRlimitResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // How surely it met the target.
  void guarantee(Guarantee value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

struct Mutation;
struct SendSignalRequest;
struct SuspendRequest;
struct ResumeRequest;
struct TerminateRequest;
struct KillRequest;
struct SetNiceRequest;
struct SetIoniceRequest;
struct SetCpuAffinityRequest;
struct RlimitPair;
struct RlimitRequest;
struct SetRlimitRequest;

// What every call that changes something may carry.
struct Mutation {
  // Why, for the audit log; at most 256 bytes. A policy may require it.
  std::optional<std::string> reason;
  // Makes a retry safe: a repeated call with the same id gets the first one's answer instead of acting again. Callers
  // have ids of their own: what an agent knows as another identity cannot meet or use up somebody else's.
  std::optional<std::string> operation_id;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, Mutation& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.SendSignal.
struct SendSignalRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Signal number of the target's platform, e.g. 15; required. Linux: 1 to 64; 0 only probes and is refused, as
  // IsRunning answers better. Windows: CTRL_C_EVENT (0), CTRL_BREAK_EVENT (1), or the numbers that
  // SIGKILL, SIGTERM, SIGCONT and SIGSTOP have on Linux.
  std::optional<int32_t> signal;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SendSignalRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Suspend.
struct SuspendRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SuspendRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Resume.
struct ResumeRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ResumeRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Terminate.
struct TerminateRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, TerminateRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Kill.
struct KillRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, KillRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.SetNice.
struct SetNiceRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Niceness -20..19 on POSIX, priority class on Windows.
  std::optional<int32_t> nice;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  bool all_threads = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SetNiceRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.SetIonice.
struct SetIoniceRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // Class and value on Linux, level on Windows.
  std::optional<ProcessIonice> ionice;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  bool all_threads = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SetIoniceRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.SetCpuAffinity.
struct SetCpuAffinityRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // CPUs it may run on from now; none means all it is eligible for.
  std::vector<uint32_t> cpus;
  // Reason and retry id.
  std::optional<Mutation> mutation;
  // Linux sets these for one thread at a time: true for every thread of the process, false for its first one, as psutil.
  bool all_threads = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SetCpuAffinityRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// A soft and a hard limit.
struct RlimitPair {
  // The limit in force; absent means unlimited, psutil's RLIM_INFINITY.
  std::optional<uint64_t> soft;
  // How far the soft limit may be raised; absent means unlimited.
  std::optional<uint64_t> hard;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, RlimitPair& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Rlimit.
struct RlimitRequest {
  // The process; required.
  std::optional<ProcessRef> ref;
  // The resource; required.
  RlimitResource resource{};

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, RlimitRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.SetRlimit.
struct SetRlimitRequest {
  // The target; required.
  std::optional<ProcessRef> ref;
  // The resource; required.
  RlimitResource resource{};
  // The new limits; required.
  std::optional<RlimitPair> limits;
  // Reason and retry id.
  std::optional<Mutation> mutation;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SetRlimitRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool Mutation::parse(std::string_view bytes, Mutation& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool Mutation::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(reason.emplace())) return reader.failed_in("Mutation.reason");
        break;
      case 2:
        if (!reader.get_string(operation_id.emplace())) return reader.failed_in("Mutation.operation_id");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("Mutation");
        break;
    }
  }
  return reader.ok() || reader.failed_in("Mutation");
}

inline bool SendSignalRequest::parse(std::string_view bytes, SendSignalRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SendSignalRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SendSignalRequest.ref");
        break;
      case 2:
        if (!reader.get_int32(signal.emplace())) return reader.failed_in("SendSignalRequest.signal");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SendSignalRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SendSignalRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SendSignalRequest");
}

inline bool SuspendRequest::parse(std::string_view bytes, SuspendRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SuspendRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SuspendRequest.ref");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SuspendRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SuspendRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SuspendRequest");
}

inline bool ResumeRequest::parse(std::string_view bytes, ResumeRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ResumeRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ResumeRequest.ref");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("ResumeRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ResumeRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ResumeRequest");
}

inline bool TerminateRequest::parse(std::string_view bytes, TerminateRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool TerminateRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("TerminateRequest.ref");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("TerminateRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("TerminateRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("TerminateRequest");
}

inline bool KillRequest::parse(std::string_view bytes, KillRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool KillRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("KillRequest.ref");
        break;
      case 2:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("KillRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("KillRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("KillRequest");
}

inline bool SetNiceRequest::parse(std::string_view bytes, SetNiceRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SetNiceRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SetNiceRequest.ref");
        break;
      case 2:
        if (!reader.get_int32(nice.emplace())) return reader.failed_in("SetNiceRequest.nice");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SetNiceRequest.mutation");
        break;
      case 4:
        if (!reader.get_bool(all_threads)) return reader.failed_in("SetNiceRequest.all_threads");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SetNiceRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SetNiceRequest");
}

inline bool SetIoniceRequest::parse(std::string_view bytes, SetIoniceRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SetIoniceRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SetIoniceRequest.ref");
        break;
      case 2:
        if (!reader.get_message(ionice.emplace())) return reader.failed_in("SetIoniceRequest.ionice");
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SetIoniceRequest.mutation");
        break;
      case 4:
        if (!reader.get_bool(all_threads)) return reader.failed_in("SetIoniceRequest.all_threads");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SetIoniceRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SetIoniceRequest");
}

inline bool SetCpuAffinityRequest::parse(std::string_view bytes, SetCpuAffinityRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SetCpuAffinityRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SetCpuAffinityRequest.ref");
        break;
      case 2:
        if (!reader.get_repeated(cpus, wire::WireType::kVarint, &wire::Reader::get_uint32)) {
          return reader.failed_in("SetCpuAffinityRequest.cpus");
        }
        break;
      case 3:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SetCpuAffinityRequest.mutation");
        break;
      case 4:
        if (!reader.get_bool(all_threads)) return reader.failed_in("SetCpuAffinityRequest.all_threads");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SetCpuAffinityRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SetCpuAffinityRequest");
}

inline bool RlimitPair::parse(std::string_view bytes, RlimitPair& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool RlimitPair::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_uint64(soft.emplace())) return reader.failed_in("RlimitPair.soft");
        break;
      case 2:
        if (!reader.get_uint64(hard.emplace())) return reader.failed_in("RlimitPair.hard");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("RlimitPair");
        break;
    }
  }
  return reader.ok() || reader.failed_in("RlimitPair");
}

inline bool RlimitRequest::parse(std::string_view bytes, RlimitRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool RlimitRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("RlimitRequest.ref");
        break;
      case 2:
        if (!reader.get_enum(resource)) return reader.failed_in("RlimitRequest.resource");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("RlimitRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("RlimitRequest");
}

inline bool SetRlimitRequest::parse(std::string_view bytes, SetRlimitRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SetRlimitRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("SetRlimitRequest.ref");
        break;
      case 2:
        if (!reader.get_enum(resource)) return reader.failed_in("SetRlimitRequest.resource");
        break;
      case 3:
        if (!reader.get_message(limits.emplace())) return reader.failed_in("SetRlimitRequest.limits");
        break;
      case 4:
        if (!reader.get_message(mutation.emplace())) return reader.failed_in("SetRlimitRequest.mutation");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SetRlimitRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SetRlimitRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_CONTROL_H_
