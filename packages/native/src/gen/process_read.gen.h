// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_read.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_PROCESS_READ_H_
#define HOSTSCOPE_GEN_PROCESS_READ_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/network.gen.h"
#include "gen/process_info.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Kind of memory that memory_percent compares with the host's physical memory.
enum class MemoryType : int32_t {
  // The default: resident set.
  kUnspecified = 0,
  // Resident set.
  kRss = 1,
  // Virtual size.
  kVms = 2,
  // Shared part. Linux.
  kShared = 3,
  // Code. Linux.
  kText = 4,
  // Data and stack. Linux.
  kData = 5,
  // Unique set; slow.
  kUss = 6,
  // Proportional set; slow. Linux.
  kPss = 7,
  // Swapped out; slow. Linux.
  kSwap = 8,
};

// Whether this version of the schema has the value.
constexpr bool is_known(MemoryType value) {
  switch (value) {
    case MemoryType::kUnspecified:
    case MemoryType::kRss:
    case MemoryType::kVms:
    case MemoryType::kShared:
    case MemoryType::kText:
    case MemoryType::kData:
    case MemoryType::kUss:
    case MemoryType::kPss:
    case MemoryType::kSwap:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(MemoryType value) {
  switch (value) {
    case MemoryType::kUnspecified:
      return "unspecified";
    case MemoryType::kRss:
      return "rss";
    case MemoryType::kVms:
      return "vms";
    case MemoryType::kShared:
      return "shared";
    case MemoryType::kText:
      return "text";
    case MemoryType::kData:
      return "data";
    case MemoryType::kUss:
      return "uss";
    case MemoryType::kPss:
      return "pss";
    case MemoryType::kSwap:
      return "swap";
  }
  return "unspecified";
}

class PidsRequestWriter;
class PidsResponseWriter;
class PidExistsRequestWriter;
class PidExistsResponseWriter;
class ProcessReadOptionsWriter;
class ProcessListRequestWriter;
class ProcessListResponseWriter;
class ProcessGetRequestWriter;
class ProcessGetResponseWriter;
class IsRunningRequestWriter;
class IsRunningResponseWriter;
class ParentRequestWriter;
class ParentResponseWriter;
class ParentsRequestWriter;
class ParentsResponseWriter;
class ChildrenRequestWriter;
class ChildrenResponseWriter;

// Request of Process.Pids.
class PidsRequestWriter {
 public:
  explicit PidsRequestWriter(wire::Writer&) {}
};

// Response of Process.Pids.
class PidsResponseWriter {
 public:
  explicit PidsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // All pids, ascending. Linux: numeric names in /proc.
  void pids(std::span<const int64_t> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<int64_t>);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.PidExists.
class PidExistsRequestWriter {
 public:
  explicit PidExistsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Any number; negative or beyond the kernel's range means false.
  void pid(int64_t value) {
    if (value != 0) writer_.put_int64<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.PidExists.
class PidExistsResponseWriter {
 public:
  explicit PidExistsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether a process (zombies included) has this pid.
  void exists(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Arguments of the attributes that take some.
class ProcessReadOptionsWriter {
 public:
  explicit ProcessReadOptionsWriter(wire::Writer& writer) : writer_(writer) {}

  // Seconds over which cpu_percent is measured, above 0 and at most 60. Default 0.1.
  void cpu_percent_interval(double value) { writer_.put_double<1>(value); }

  // Memory that memory_percent is about. Default: resident set.
  void memory_percent_memtype(MemoryType value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // Whether memory_maps sums the regions of one path. Default true.
  void memory_maps_grouped(bool value) { writer_.put_bool<3>(value); }

  // Sockets that connections lists. Default: inet.
  void connections_kind(ConnectionKind value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.List.
class ProcessListRequestWriter {
 public:
  explicit ProcessListRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Attributes to read; none means the refs alone. INVALID_ARGUMENT for a number that is no attribute; duplicates are
  // harmless. What is not asked for is not read.
  void attributes(std::span<const ProcessAttribute> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<ProcessAttribute>);
  }

  // Arguments of attributes.
  template <class Fill>
  void options(Fill&& fill) {
    writer_.put_message<2, ProcessReadOptionsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One chunk of the answer to Process.List.
class ProcessListResponseWriter {
 public:
  explicit ProcessListResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the collection began; the same in all chunks of one answer.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Rows, ascending by pid, also from chunk to chunk.
  template <class Fill>
  void processes(Fill&& fill) {
    writer_.put_message<2, ProcessInfoWriter>(std::forward<Fill>(fill));
  }

  // Processes of this chunk's range that ended while they were read and so have no row.
  void vanished(uint32_t value) {
    if (value != 0) writer_.put_uint32<3>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Get.
class ProcessGetRequestWriter {
 public:
  explicit ProcessGetRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The process; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Attributes to read; none means the ref alone, which is how a pid becomes a ref.
  void attributes(std::span<const ProcessAttribute> values) {
    writer_.put_packed_varint<2>(values, &wire::Writer::sign_extend<ProcessAttribute>);
  }

  // Arguments of attributes.
  template <class Fill>
  void options(Fill&& fill) {
    writer_.put_message<3, ProcessReadOptionsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Get.
class ProcessGetResponseWriter {
 public:
  explicit ProcessGetResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the row was read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The row.
  template <class Fill>
  void process(Fill&& fill) {
    writer_.put_message<2, ProcessInfoWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.IsRunning.
class IsRunningRequestWriter {
 public:
  explicit IsRunningRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The process; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.IsRunning.
class IsRunningResponseWriter {
 public:
  explicit IsRunningResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // True while this very process exists; false once it is gone or its pid belongs to another.
  void running(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Parent.
class ParentRequestWriter {
 public:
  explicit ParentRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The child; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Parent.
class ParentResponseWriter {
 public:
  explicit ParentResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // The parent; absent if there is none or it is not visible.
  template <class Fill>
  void parent(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Parents.
class ParentsRequestWriter {
 public:
  explicit ParentsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The child; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Parents.
class ParentsResponseWriter {
 public:
  explicit ParentsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Ancestors, nearest first.
  template <class Fill>
  void parents(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Process.Children.
class ChildrenRequestWriter {
 public:
  explicit ChildrenRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // The parent; required.
  template <class Fill>
  void ref(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

  // Whether children of children are listed too.
  void recursive(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of Process.Children.
class ChildrenResponseWriter {
 public:
  explicit ChildrenResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // Children in the order psutil gives them: each parent before its own children.
  template <class Fill>
  void children(Fill&& fill) {
    writer_.put_message<1, ProcessRefWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct PidsRequest;
struct PidExistsRequest;
struct ProcessReadOptions;
struct ProcessListRequest;
struct ProcessGetRequest;
struct IsRunningRequest;
struct ParentRequest;
struct ParentsRequest;
struct ChildrenRequest;

// Request of Process.Pids.
struct PidsRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PidsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.PidExists.
struct PidExistsRequest {
  // Any number; negative or beyond the kernel's range means false.
  int64_t pid = 0;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, PidExistsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Arguments of the attributes that take some.
struct ProcessReadOptions {
  // Seconds over which cpu_percent is measured, above 0 and at most 60. Default 0.1.
  std::optional<double> cpu_percent_interval;
  // Memory that memory_percent is about. Default: resident set.
  MemoryType memory_percent_memtype{};
  // Whether memory_maps sums the regions of one path. Default true.
  std::optional<bool> memory_maps_grouped;
  // Sockets that connections lists. Default: inet.
  ConnectionKind connections_kind{};

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessReadOptions& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.List.
struct ProcessListRequest {
  // Attributes to read; none means the refs alone. INVALID_ARGUMENT for a number that is no attribute; duplicates are
  // harmless. What is not asked for is not read.
  std::vector<ProcessAttribute> attributes;
  // Arguments of attributes.
  std::optional<ProcessReadOptions> options;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessListRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Get.
struct ProcessGetRequest {
  // The process; required.
  std::optional<ProcessRef> ref;
  // Attributes to read; none means the ref alone, which is how a pid becomes a ref.
  std::vector<ProcessAttribute> attributes;
  // Arguments of attributes.
  std::optional<ProcessReadOptions> options;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessGetRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.IsRunning.
struct IsRunningRequest {
  // The process; required.
  std::optional<ProcessRef> ref;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, IsRunningRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Parent.
struct ParentRequest {
  // The child; required.
  std::optional<ProcessRef> ref;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ParentRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Parents.
struct ParentsRequest {
  // The child; required.
  std::optional<ProcessRef> ref;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ParentsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Process.Children.
struct ChildrenRequest {
  // The parent; required.
  std::optional<ProcessRef> ref;
  // Whether children of children are listed too.
  bool recursive = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ChildrenRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool PidsRequest::parse(std::string_view bytes, PidsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PidsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("PidsRequest");
  }
  return reader.ok() || reader.failed_in("PidsRequest");
}

inline bool PidExistsRequest::parse(std::string_view bytes, PidExistsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool PidExistsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_int64(pid)) return reader.failed_in("PidExistsRequest.pid");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("PidExistsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("PidExistsRequest");
}

inline bool ProcessReadOptions::parse(std::string_view bytes, ProcessReadOptions& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessReadOptions::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_double(cpu_percent_interval.emplace())) {
          return reader.failed_in("ProcessReadOptions.cpu_percent_interval");
        }
        break;
      case 2:
        if (!reader.get_enum(memory_percent_memtype)) {
          return reader.failed_in("ProcessReadOptions.memory_percent_memtype");
        }
        break;
      case 3:
        if (!reader.get_bool(memory_maps_grouped.emplace())) {
          return reader.failed_in("ProcessReadOptions.memory_maps_grouped");
        }
        break;
      case 4:
        if (!reader.get_enum(connections_kind)) return reader.failed_in("ProcessReadOptions.connections_kind");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessReadOptions");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessReadOptions");
}

inline bool ProcessListRequest::parse(std::string_view bytes, ProcessListRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessListRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_repeated(attributes, wire::WireType::kVarint, &wire::Reader::get_enum<ProcessAttribute>)) {
          return reader.failed_in("ProcessListRequest.attributes");
        }
        break;
      case 2:
        if (!reader.get_message(options.emplace())) return reader.failed_in("ProcessListRequest.options");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessListRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessListRequest");
}

inline bool ProcessGetRequest::parse(std::string_view bytes, ProcessGetRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessGetRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ProcessGetRequest.ref");
        break;
      case 2:
        if (!reader.get_repeated(attributes, wire::WireType::kVarint, &wire::Reader::get_enum<ProcessAttribute>)) {
          return reader.failed_in("ProcessGetRequest.attributes");
        }
        break;
      case 3:
        if (!reader.get_message(options.emplace())) return reader.failed_in("ProcessGetRequest.options");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessGetRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessGetRequest");
}

inline bool IsRunningRequest::parse(std::string_view bytes, IsRunningRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool IsRunningRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("IsRunningRequest.ref");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("IsRunningRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("IsRunningRequest");
}

inline bool ParentRequest::parse(std::string_view bytes, ParentRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ParentRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ParentRequest.ref");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ParentRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ParentRequest");
}

inline bool ParentsRequest::parse(std::string_view bytes, ParentsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ParentsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ParentsRequest.ref");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ParentsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ParentsRequest");
}

inline bool ChildrenRequest::parse(std::string_view bytes, ChildrenRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ChildrenRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_message(ref.emplace())) return reader.failed_in("ChildrenRequest.ref");
        break;
      case 2:
        if (!reader.get_bool(recursive)) return reader.failed_in("ChildrenRequest.recursive");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ChildrenRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ChildrenRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_PROCESS_READ_H_
