// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/common.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_COMMON_H_
#define HOSTSCOPE_GEN_COMMON_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class ProcessRefWriter;
class SampleWriter;

// One process, for good: a pid alone is recycled, a ref is not. Every RPC on a process takes a ref and verifies each
// mark that both sides know; a mark that either side lacks counts as equal, never as reused.
class ProcessRefWriter {
 public:
  explicit ProcessRefWriter(wire::Writer& writer) : writer_(writer) {}

  // Process id as the host's kernel knows it. On Linux a thread id is accepted too, as in psutil.
  void pid(int64_t value) {
    if (value != 0) writer_.put_int64<1>(value);
  }

  // The kernel's start mark: ticks since boot on Linux (/proc/PID/stat field 22), creation FILETIME in 100 ns units on
  // Windows. Never an epoch time, which shifts with the clock.
  void start(uint64_t value) { writer_.put_uint64<2>(value); }

  // Inode of the process's pidfd, unique until reboot. Linux 6.9 or newer; absent elsewhere.
  void pidfd_inode(uint64_t value) { writer_.put_uint64<3>(value); }

  // Check mark of the boot in which the process was seen: the first 32 bits of the boot id. Refuses refs from before a
  // reboot. Absent where the platform has no boot id.
  void boot(uint32_t value) { writer_.put_fixed32<4>(value); }

 private:
  wire::Writer& writer_;
};

// When a value was read. Rates are computed from two samples of the monotonic clock, never from the wall clock.
class SampleWriter {
 public:
  explicit SampleWriter(wire::Writer& writer) : writer_(writer) {}

  // Host's monotonic clock in nanoseconds; comparable only between samples of one boot of one host.
  void monotonic_ns(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // Host's wall clock, seconds since the epoch.
  void time(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

 private:
  wire::Writer& writer_;
};

struct ProcessRef;

// One process, for good: a pid alone is recycled, a ref is not. Every RPC on a process takes a ref and verifies each
// mark that both sides know; a mark that either side lacks counts as equal, never as reused.
struct ProcessRef {
  // Process id as the host's kernel knows it. On Linux a thread id is accepted too, as in psutil.
  int64_t pid = 0;
  // The kernel's start mark: ticks since boot on Linux (/proc/PID/stat field 22), creation FILETIME in 100 ns units on
  // Windows. Never an epoch time, which shifts with the clock.
  std::optional<uint64_t> start;
  // Inode of the process's pidfd, unique until reboot. Linux 6.9 or newer; absent elsewhere.
  std::optional<uint64_t> pidfd_inode;
  // Check mark of the boot in which the process was seen: the first 32 bits of the boot id. Refuses refs from before a
  // reboot. Absent where the platform has no boot id.
  std::optional<uint32_t> boot;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, ProcessRef& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool ProcessRef::parse(std::string_view bytes, ProcessRef& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool ProcessRef::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_int64(pid)) return reader.failed_in("ProcessRef.pid");
        break;
      case 2:
        if (!reader.get_uint64(start.emplace())) return reader.failed_in("ProcessRef.start");
        break;
      case 3:
        if (!reader.get_uint64(pidfd_inode.emplace())) return reader.failed_in("ProcessRef.pidfd_inode");
        break;
      case 4:
        if (!reader.get_fixed32(boot.emplace())) return reader.failed_in("ProcessRef.boot");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("ProcessRef");
        break;
    }
  }
  return reader.ok() || reader.failed_in("ProcessRef");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_COMMON_H_
