// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_watch.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_WATCH_H_
#define HOSTSCOPE_GEN_PROCESS_WATCH_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/process_info.gen.h"
#include "gen/process_read.gen.h"
#include "gen/process_wait.gen.h"
#include "gen/watch_pace.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// What rows can be chosen and ordered by. A process of which it cannot be read matches no condition on it and comes last.
enum class ProcessKey : int32_t {
  // Not a key; refused in conditions.
  kUnspecified = 0,
  // Process id; a number.
  kPid = 1,
  // Pid of the parent; a number.
  kPpid = 2,
  // Name; a text.
  kName = 3,
  // Path of the program; a text.
  kExe = 4,
  // Arguments joined by blanks; a text.
  kCmdline = 5,
  // Name of the real user; a text.
  kUsername = 6,
  // Status as psutil calls it, e.g. "sleeping"; a text.
  kStatus = 7,
  // Seconds since the epoch; a number.
  kCreateTime = 8,
  // CPU use since the collection before, percent of one CPU; a number.
  kCpuPercent = 9,
  // User and system CPU time together, seconds; a number.
  kCpuTime = 10,
  // Resident memory, bytes; a number.
  kRss = 11,
  // Virtual memory, bytes; a number.
  kVms = 12,
  // Threads; a number.
  kNumThreads = 13,
  // Open descriptors; a number. Not on Windows.
  kNumFds = 14,
  // Niceness; a number.
  kNice = 15,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ProcessKey value) {
  switch (value) {
    case ProcessKey::kUnspecified:
    case ProcessKey::kPid:
    case ProcessKey::kPpid:
    case ProcessKey::kName:
    case ProcessKey::kExe:
    case ProcessKey::kCmdline:
    case ProcessKey::kUsername:
    case ProcessKey::kStatus:
    case ProcessKey::kCreateTime:
    case ProcessKey::kCpuPercent:
    case ProcessKey::kCpuTime:
    case ProcessKey::kRss:
    case ProcessKey::kVms:
    case ProcessKey::kNumThreads:
    case ProcessKey::kNumFds:
    case ProcessKey::kNice:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ProcessKey value) {
  switch (value) {
    case ProcessKey::kUnspecified:
      return "unspecified";
    case ProcessKey::kPid:
      return "pid";
    case ProcessKey::kPpid:
      return "ppid";
    case ProcessKey::kName:
      return "name";
    case ProcessKey::kExe:
      return "exe";
    case ProcessKey::kCmdline:
      return "cmdline";
    case ProcessKey::kUsername:
      return "username";
    case ProcessKey::kStatus:
      return "status";
    case ProcessKey::kCreateTime:
      return "create_time";
    case ProcessKey::kCpuPercent:
      return "cpu_percent";
    case ProcessKey::kCpuTime:
      return "cpu_time";
    case ProcessKey::kRss:
      return "rss";
    case ProcessKey::kVms:
      return "vms";
    case ProcessKey::kNumThreads:
      return "num_threads";
    case ProcessKey::kNumFds:
      return "num_fds";
    case ProcessKey::kNice:
      return "nice";
  }
  return "unspecified";
}

// How a value is compared. The last three are for texts alone; texts are ordered by their bytes.
enum class Comparison : int32_t {
  // Not a comparison; refused.
  kUnspecified = 0,
  // Equal.
  kEq = 1,
  // Not equal.
  kNe = 2,
  // Less.
  kLt = 3,
  // Less or equal.
  kLe = 4,
  // Greater.
  kGt = 5,
  // Greater or equal.
  kGe = 6,
  // Begins with the operand.
  kPrefix = 7,
  // Ends with it.
  kSuffix = 8,
  // Holds it.
  kContains = 9,
};

// Whether this version of the schema has the value.
constexpr bool is_known(Comparison value) {
  switch (value) {
    case Comparison::kUnspecified:
    case Comparison::kEq:
    case Comparison::kNe:
    case Comparison::kLt:
    case Comparison::kLe:
    case Comparison::kGt:
    case Comparison::kGe:
    case Comparison::kPrefix:
    case Comparison::kSuffix:
    case Comparison::kContains:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(Comparison value) {
  switch (value) {
    case Comparison::kUnspecified:
      return "unspecified";
    case Comparison::kEq:
      return "eq";
    case Comparison::kNe:
      return "ne";
    case Comparison::kLt:
      return "lt";
    case Comparison::kLe:
      return "le";
    case Comparison::kGt:
      return "gt";
    case Comparison::kGe:
      return "ge";
    case Comparison::kPrefix:
      return "prefix";
    case Comparison::kSuffix:
      return "suffix";
    case Comparison::kContains:
      return "contains";
  }
  return "unspecified";
}

// What a message of Process.Watch holds.
enum class WatchKind : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // Every row with every attribute; the client drops what it had. The first message is one.
  kSnapshot = 1,
  // Only what changed since the message before.
  kDelta = 2,
  // Nothing changed; shows that the stream lives.
  kHeartbeat = 3,
};

// Whether this version of the schema has the value.
constexpr bool is_known(WatchKind value) {
  switch (value) {
    case WatchKind::kUnspecified:
    case WatchKind::kSnapshot:
    case WatchKind::kDelta:
    case WatchKind::kHeartbeat:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(WatchKind value) {
  switch (value) {
    case WatchKind::kUnspecified:
      return "unspecified";
    case WatchKind::kSnapshot:
      return "snapshot";
    case WatchKind::kDelta:
      return "delta";
    case WatchKind::kHeartbeat:
      return "heartbeat";
  }
  return "unspecified";
}

class ProcessConditionWriter;
class ProcessConditionsWriter;
class ProcessWatchRequestWriter;
class ProcessChangeWriter;
class ProcessWatchResponseWriter;

// A condition on one key. It has the operand that its key asks for, and no other.
class ProcessConditionWriter {
 public:
  explicit ProcessConditionWriter(wire::Writer& writer) : writer_(writer) {}

  // What is compared.
  void key(ProcessKey value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // How.
  void comparison(Comparison value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // With what, if the key is a number.
  void number(double value) { writer_.put_double<3>(value); }

  // With what, if the key is a text; at most 1,024 bytes.
  void text(std::string_view value) { writer_.put_string<4>(value); }

 private:
  wire::Writer& writer_;
};

// Conditions that must all hold; at most 16.
class ProcessConditionsWriter {
 public:
  explicit ProcessConditionsWriter(wire::Writer& writer) : writer_(writer) {}

  // The conditions; one at least.
  template <class Fill>
  void all_of(Fill&& fill) {
    writer_.put_message<1, ProcessConditionWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Watch.
class ProcessWatchRequestWriter {
 public:
  explicit ProcessWatchRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Attributes to follow; none means the refs alone.
  void attributes(std::span<const ProcessAttribute> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<ProcessAttribute>);
  }

  // Arguments of attributes. cpu_percent is measured from one message to the next, so its interval is not used.
  template <class Fill>
  void options(Fill&& fill) {
    writer_.put_message<2, ProcessReadOptionsWriter>(std::forward<Fill>(fill));
  }

  // Seconds from one message to the next, 1 to 3,600. Default 1.
  void interval(double value) { writer_.put_double<3>(value); }

  // Only processes for which one entry at least holds; at most 16. None means every process.
  template <class Fill>
  void any_of(Fill&& fill) {
    writer_.put_message<4, ProcessConditionsWriter>(std::forward<Fill>(fill));
  }

  // What `limit` goes by; required with it.
  void order_by(ProcessKey value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<5>(value);
  }

  // Whether the greatest come first.
  void descending(bool value) {
    if (value) writer_.put_bool<6>(value);
  }

  // Only so many of them, the first by `order_by`; 1 to 100,000. Rows are sent by pid all the same.
  void limit(uint32_t value) { writer_.put_uint32<7>(value); }

 private:
  wire::Writer& writer_;
};

// One row that is new or changed.
class ProcessChangeWriter {
 public:
  explicit ProcessChangeWriter(wire::Writer& writer) : writer_(writer) {}

  // The ref and the attributes with a new value; a new process has all of them. A list or map is replaced as a whole.
  template <class Fill>
  void process(Fill&& fill) {
    writer_.put_message<1, ProcessInfoWriter>(std::forward<Fill>(fill));
  }

  // Attributes that had a value and have none now.
  void cleared(std::span<const ProcessAttribute> values) {
    writer_.put_packed_varint<2>(values, &wire::Writer::sign_extend<ProcessAttribute>);
  }

 private:
  wire::Writer& writer_;
};

// One message of Process.Watch. What is large comes as several messages of one sequence
// number: all but the last have `more` set.
class ProcessWatchResponseWriter {
 public:
  explicit ProcessWatchResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it holds.
  void kind(WatchKind value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Number of the collection. All readers of one agent that watch the same share their collections, so the first message
  // may have any number; from there on each is one more than the one before, plus `dropped`.
  void sequence(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // When the collection was done: nothing it tells of is later.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<3, SampleWriter>(std::forward<Fill>(fill));
  }

  // Seconds since the collection before, as measured; absent in the first.
  void interval(double value) { writer_.put_double<4>(value); }

  // New and changed rows, ascending by pid.
  template <class Fill>
  void changes(Fill&& fill) {
    writer_.put_message<5, ProcessChangeWriter>(std::forward<Fill>(fill));
  }

  // Processes that ended since the message before, with exit codes where known.
  template <class Fill>
  void gone(Fill&& fill) {
    writer_.put_message<6, ProcessExitWriter>(std::forward<Fill>(fill));
  }

  // Collections that this reader was too slow for; their changes are merged into this message.
  void dropped(uint32_t value) {
    if (value != 0) writer_.put_uint32<7>(value);
  }

  // True if events between the message before and this one may be lost, e.g. after the agent was stopped for a while.
  void gap(bool value) {
    if (value) writer_.put_bool<8>(value);
  }

  // True if more messages of the same collection follow.
  void more(bool value) {
    if (value) writer_.put_bool<9>(value);
  }

  // Processes that live on and are no longer among those that were asked for.
  template <class Fill>
  void left(Fill&& fill) {
    writer_.put_message<10, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // In a snapshot, and whenever it has changed.
  template <class Fill>
  void pace(Fill&& fill) {
    writer_.put_message<11, WatchPaceWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct ProcessCondition;
struct ProcessConditions;
struct ProcessWatchRequest;

// A condition on one key. It has the operand that its key asks for, and no other.
struct ProcessCondition {
  // What is compared.
  ProcessKey key{};
  // How.
  Comparison comparison{};
  // With what, if the key is a number.
  std::optional<double> number;
  // With what, if the key is a text; at most 1,024 bytes.
  std::optional<std::string> text;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessCondition& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Conditions that must all hold; at most 16.
struct ProcessConditions {
  // The conditions; one at least.
  std::vector<ProcessCondition> all_of;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessConditions& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Watch.
struct ProcessWatchRequest {
  // Attributes to follow; none means the refs alone.
  std::vector<ProcessAttribute> attributes;
  // Arguments of attributes. cpu_percent is measured from one message to the next, so its interval is not used.
  std::optional<ProcessReadOptions> options;
  // Seconds from one message to the next, 1 to 3,600. Default 1.
  std::optional<double> interval;
  // Only processes for which one entry at least holds; at most 16. None means every process.
  std::vector<ProcessConditions> any_of;
  // What `limit` goes by; required with it.
  ProcessKey order_by{};
  // Whether the greatest come first.
  bool descending = false;
  // Only so many of them, the first by `order_by`; 1 to 100,000. Rows are sent by pid all the same.
  std::optional<uint32_t> limit;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessWatchRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool ProcessCondition::parse(std::string_view bytes, ProcessCondition& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessCondition::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_enum(key)) return reader.failed_in("ProcessCondition.key");
        break;
      case 2:
        if (!reader.get_enum(comparison)) return reader.failed_in("ProcessCondition.comparison");
        break;
      case 3:
        if (!reader.get_double(number.emplace())) return reader.failed_in("ProcessCondition.number");
        break;
      case 4:
        if (!reader.get_string(text.emplace())) return reader.failed_in("ProcessCondition.text");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessCondition");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessCondition");
}

inline bool ProcessConditions::parse(std::string_view bytes, ProcessConditions& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessConditions::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(all_of.emplace_back())) return reader.failed_in("ProcessConditions.all_of");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessConditions");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessConditions");
}

inline bool ProcessWatchRequest::parse(std::string_view bytes, ProcessWatchRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessWatchRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_repeated(attributes, wire::WireType::kVarint, &wire::Reader::get_enum<ProcessAttribute>)) {
          return reader.failed_in("ProcessWatchRequest.attributes");
        }
        break;
      case 2:
        if (!reader.get_message(options.emplace())) return reader.failed_in("ProcessWatchRequest.options");
        break;
      case 3:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("ProcessWatchRequest.interval");
        break;
      case 4:
        if (!reader.get_message(any_of.emplace_back())) return reader.failed_in("ProcessWatchRequest.any_of");
        break;
      case 5:
        if (!reader.get_enum(order_by)) return reader.failed_in("ProcessWatchRequest.order_by");
        break;
      case 6:
        if (!reader.get_bool(descending)) return reader.failed_in("ProcessWatchRequest.descending");
        break;
      case 7:
        if (!reader.get_uint32(limit.emplace())) return reader.failed_in("ProcessWatchRequest.limit");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessWatchRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessWatchRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_WATCH_H_
