// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/disk.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_DISK_H_
#define HOSTSCOPE_GEN_DISK_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class DiskPartitionWriter;
class DiskPartitionsRequestWriter;
class DiskPartitionsResponseWriter;
class DiskUsageWriter;
class DiskUsageRequestWriter;
class DiskUsageResponseWriter;
class DiskIoCountersWriter;
class DiskIoCountersRequestWriter;
class DiskIoCountersResponseWriter;

// One mounted file system. Linux: a line of /proc/self/mounts.
class DiskPartitionWriter {
 public:
  explicit DiskPartitionWriter(wire::Writer& writer) : writer_(writer) {}

  // Device, e.g. "/dev/sda1" or "C:\". Absent for a mount without one, where psutil gives "".
  void device(std::string_view value) { writer_.put_string<1>(value); }

  // Where it is mounted, e.g. "/home" or "C:\".
  void mountpoint(std::string_view value) {
    if (!value.empty()) writer_.put_string<2>(value);
  }

  // File system, e.g. "ext4" or "NTFS". Absent for an empty drive, where psutil gives "".
  void fstype(std::string_view value) { writer_.put_string<3>(value); }

  // Mount options joined by commas, e.g. "rw,noatime". Windows: the drive type comes last, e.g. "rw,fixed".
  void opts(std::string_view value) {
    if (!value.empty()) writer_.put_string<4>(value);
  }

 private:
  wire::Writer& writer_;
};

// Request of System.DiskPartitions.
class DiskPartitionsRequestWriter {
 public:
  explicit DiskPartitionsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether virtual and network file systems are listed too; else only those on physical devices.
  void all(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of System.DiskPartitions.
class DiskPartitionsResponseWriter {
 public:
  explicit DiskPartitionsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the mounts were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Mounts in the system's order; a device mounted twice is there twice.
  template <class Fill>
  void partitions(Fill&& fill) {
    writer_.put_message<2, DiskPartitionWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Space of one file system; gauges. Linux: statvfs(3).
class DiskUsageWriter {
 public:
  explicit DiskUsageWriter(wire::Writer& writer) : writer_(writer) {}

  // Size, bytes.
  void total(uint64_t value) {
    if (value != 0) writer_.put_uint64<1>(value);
  }

  // In use, bytes. On POSIX used + free is below total by what is reserved for root.
  void used(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Free for unprivileged users, bytes.
  void free(uint64_t value) {
    if (value != 0) writer_.put_uint64<3>(value);
  }

  // Use as an unprivileged user sees it, one decimal: used / (used + free) on POSIX, used / total on Windows.
  void percent(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Files and directories it can hold. POSIX; absent where the file system sets no limit.
  void inodes(uint64_t value) { writer_.put_uint64<5>(value); }

  // Of these, free for unprivileged users.
  void inodes_free(uint64_t value) { writer_.put_uint64<6>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.DiskUsage.
class DiskUsageRequestWriter {
 public:
  explicit DiskUsageRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // An absolute path on the file system; required, without "..", at most 4096 bytes. NOT_FOUND if nothing is there.
  void path(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// Response of System.DiskUsage.
class DiskUsageResponseWriter {
 public:
  explicit DiskUsageResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the space was read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The space.
  template <class Fill>
  void disk_usage(Fill&& fill) {
    writer_.put_message<2, DiskUsageWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Input and output of a disk since boot; counters. Linux: a line of /proc/diskstats, /sys/block if that is missing.
class DiskIoCountersWriter {
 public:
  explicit DiskIoCountersWriter(wire::Writer& writer) : writer_(writer) {}

  // Device, e.g. "sda", "nvme0n1p2" or "PhysicalDrive0"; absent in a total.
  void name(std::string_view value) { writer_.put_string<1>(value); }

  // Reads completed.
  void read_count(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Writes completed.
  void write_count(uint64_t value) {
    if (value != 0) writer_.put_uint64<3>(value);
  }

  // Bytes read. Linux: sectors of 512 bytes, whatever the device's own are.
  void read_bytes(uint64_t value) {
    if (value != 0) writer_.put_uint64<4>(value);
  }

  // Bytes written. Linux: sectors of 512 bytes.
  void write_bytes(uint64_t value) {
    if (value != 0) writer_.put_uint64<5>(value);
  }

  // Milliseconds spent reading, summed over requests. Not on NetBSD and OpenBSD.
  void read_time(uint64_t value) { writer_.put_uint64<6>(value); }

  // Milliseconds spent writing, summed over requests. Not on NetBSD and OpenBSD.
  void write_time(uint64_t value) { writer_.put_uint64<7>(value); }

  // Reads merged into a neighbour before they were issued. Linux.
  void read_merged_count(uint64_t value) { writer_.put_uint64<8>(value); }

  // Writes merged into a neighbour before they were issued. Linux.
  void write_merged_count(uint64_t value) { writer_.put_uint64<9>(value); }

  // Milliseconds during which a request was in flight. Linux, FreeBSD.
  void busy_time(uint64_t value) { writer_.put_uint64<10>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.DiskIoCounters.
class DiskIoCountersRequestWriter {
 public:
  explicit DiskIoCountersRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each device is listed too.
  void perdisk(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Whether counters that wrapped or were reset go on from where they were, so that none ever decreases. The memory for
  // it is the agent's, shared by all callers. Default true.
  void nowrap(bool value) { writer_.put_bool<2>(value); }

 private:
  wire::Writer& writer_;
};

// Response of System.DiskIoCounters.
class DiskIoCountersResponseWriter {
 public:
  explicit DiskIoCountersResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the counters were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Whole devices summed, partitions not counted twice. Absent on a host without disks.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<2, DiskIoCountersWriter>(std::forward<Fill>(fill));
  }

  // Each device, on Linux partitions too, in the system's order; empty unless perdisk was asked for.
  template <class Fill>
  void disks(Fill&& fill) {
    writer_.put_message<3, DiskIoCountersWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct DiskPartitionsRequest;
struct DiskUsageRequest;
struct DiskIoCountersRequest;

// Request of System.DiskPartitions.
struct DiskPartitionsRequest {
  // Whether virtual and network file systems are listed too; else only those on physical devices.
  bool all = false;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, DiskPartitionsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.DiskUsage.
struct DiskUsageRequest {
  // An absolute path on the file system; required, without "..", at most 4096 bytes. NOT_FOUND if nothing is there.
  std::string path;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, DiskUsageRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.DiskIoCounters.
struct DiskIoCountersRequest {
  // Whether each device is listed too.
  bool perdisk = false;
  // Whether counters that wrapped or were reset go on from where they were, so that none ever decreases. The memory for
  // it is the agent's, shared by all callers. Default true.
  std::optional<bool> nowrap;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, DiskIoCountersRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool DiskPartitionsRequest::parse(std::string_view bytes, DiskPartitionsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool DiskPartitionsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(all)) return reader.failed_in("DiskPartitionsRequest.all");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("DiskPartitionsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("DiskPartitionsRequest");
}

inline bool DiskUsageRequest::parse(std::string_view bytes, DiskUsageRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool DiskUsageRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(path)) return reader.failed_in("DiskUsageRequest.path");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("DiskUsageRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("DiskUsageRequest");
}

inline bool DiskIoCountersRequest::parse(std::string_view bytes, DiskIoCountersRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool DiskIoCountersRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(perdisk)) return reader.failed_in("DiskIoCountersRequest.perdisk");
        break;
      case 2:
        if (!reader.get_bool(nowrap.emplace())) return reader.failed_in("DiskIoCountersRequest.nowrap");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("DiskIoCountersRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("DiskIoCountersRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_DISK_H_
