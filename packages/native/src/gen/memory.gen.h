// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/memory.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_MEMORY_H_
#define HOSTSCOPE_GEN_MEMORY_H_

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class VirtualMemoryWriter;
class VirtualMemoryRequestWriter;
class VirtualMemoryResponseWriter;
class SwapMemoryWriter;
class SwapMemoryRequestWriter;
class SwapMemoryResponseWriter;

// Physical memory, bytes; gauges. Linux: /proc/meminfo. Control group limits are not in it.
class VirtualMemoryWriter {
 public:
  explicit VirtualMemoryWriter(wire::Writer& writer) : writer_(writer) {}

  // Installed and usable. Linux: MemTotal.
  void total(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // What processes could get without swapping. Linux: MemAvailable, estimated where that is missing.
  void available(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Share that is not available, percent of total, one decimal.
  void percent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<3>(value);
  }

  // In use by programs. Linux: total - free - cached - buffers, as psutil 5.6.2 has it (psutil 7.1 and free(1) of
  // procps 4: total - available); total - free where that would be negative. Windows: total - available.
  void used(uint64_t value) {
    if (value != 0) writer_.put_uint64<4>(value);
  }

  // Not used at all; much less than available, as a rule. Windows: same as available. Linux: MemFree.
  void free(uint64_t value) {
    if (value != 0) writer_.put_uint64<5>(value);
  }

  // Used recently. Linux: Active; macOS, BSD. Not on Windows.
  void active(uint64_t value) { writer_.put_uint64<6>(value); }

  // Not used recently, so the first to be given up. Linux: Inactive; macOS, BSD. Not on Windows.
  void inactive(uint64_t value) { writer_.put_uint64<7>(value); }

  // Cache of raw block devices and file system metadata. Linux: Buffers; BSD.
  void buffers(uint64_t value) { writer_.put_uint64<8>(value); }

  // Cache of file contents. Linux: Cached + SReclaimable; BSD; Windows: system cache.
  void cached(uint64_t value) { writer_.put_uint64<9>(value); }

  // Shared memory and tmpfs. Linux: Shmem; BSD.
  void shared(uint64_t value) { writer_.put_uint64<10>(value); }

  // The kernel's own structures. Linux: Slab.
  void slab(uint64_t value) { writer_.put_uint64<11>(value); }

  // Never leaves physical memory. macOS, BSD; Windows: non-paged kernel memory.
  void wired(uint64_t value) { writer_.put_uint64<12>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.VirtualMemory.
class VirtualMemoryRequestWriter {
 public:
  explicit VirtualMemoryRequestWriter(wire::Writer&) {}
};

// Response of System.VirtualMemory.
class VirtualMemoryResponseWriter {
 public:
  explicit VirtualMemoryResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the values were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The values.
  template <class Fill>
  void virtual_memory(Fill&& fill) {
    writer_.put_message<2, VirtualMemoryWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Swap space. Linux: /proc/meminfo and /proc/vmstat.
class SwapMemoryWriter {
 public:
  explicit SwapMemoryWriter(wire::Writer& writer) : writer_(writer) {}

  // Size, bytes; 0 without swap. A gauge. Linux: SwapTotal.
  void total(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // In use, bytes; a gauge. Linux: SwapTotal - SwapFree.
  void used(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Not in use, bytes; a gauge. Linux: SwapFree.
  void free(uint64_t value) {
    if (value != 0) writer_.put_uint64<3>(value);
  }

  // used / total, percent, one decimal; 0 without swap. A gauge.
  void percent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Bytes read back since boot; a counter. Linux: pswpin, in pages there. Absent on Windows, where psutil gives 0.
  void sin(uint64_t value) { writer_.put_uint64<5>(value); }

  // Bytes written out since boot; a counter. Linux: pswpout, in pages there. Absent on Windows, where psutil gives 0.
  void sout(uint64_t value) { writer_.put_uint64<6>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.SwapMemory.
class SwapMemoryRequestWriter {
 public:
  explicit SwapMemoryRequestWriter(wire::Writer&) {}
};

// Response of System.SwapMemory.
class SwapMemoryResponseWriter {
 public:
  explicit SwapMemoryResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the values were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The values.
  template <class Fill>
  void swap_memory(Fill&& fill) {
    writer_.put_message<2, SwapMemoryWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct VirtualMemoryRequest;
struct SwapMemoryRequest;

// Request of System.VirtualMemory.
struct VirtualMemoryRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, VirtualMemoryRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.SwapMemory.
struct SwapMemoryRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SwapMemoryRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool VirtualMemoryRequest::parse(std::string_view bytes, VirtualMemoryRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool VirtualMemoryRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("VirtualMemoryRequest");
  }
  return reader.ok() || reader.failed_in("VirtualMemoryRequest");
}

inline bool SwapMemoryRequest::parse(std::string_view bytes, SwapMemoryRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SwapMemoryRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("SwapMemoryRequest");
  }
  return reader.ok() || reader.failed_in("SwapMemoryRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_MEMORY_H_
