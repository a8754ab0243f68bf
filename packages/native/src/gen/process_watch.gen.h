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
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

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

class ProcessWatchRequestWriter;
class ProcessChangeWriter;
class ProcessWatchResponseWriter;

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

  // Seconds from one message to the next, 1 or more. Default 1.
  void interval(double value) { writer_.put_double<3>(value); }

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

// One message of Process.Watch. A large snapshot comes as several messages: all but the last have `more` set.
class ProcessWatchResponseWriter {
 public:
  explicit ProcessWatchResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // What it holds.
  void kind(WatchKind value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Counts messages of one stream from 1; a client that misses one asks again.
  void sequence(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // When the collection began.
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

  // True if more messages of the same snapshot follow.
  void more(bool value) {
    if (value) writer_.put_bool<9>(value);
  }

 private:
  wire::Writer& writer_;
};

struct ProcessWatchRequest;

// Request of Process.Watch.
struct ProcessWatchRequest {
  // Attributes to follow; none means the refs alone.
  std::vector<ProcessAttribute> attributes;
  // Arguments of attributes. cpu_percent is measured from one message to the next, so its interval is not used.
  std::optional<ProcessReadOptions> options;
  // Seconds from one message to the next, 1 or more. Default 1.
  std::optional<double> interval;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessWatchRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

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
      default:
        if (!reader.skip()) return reader.failed_in("ProcessWatchRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessWatchRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_WATCH_H_
