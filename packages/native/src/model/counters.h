// SPDX-License-Identifier: Apache-2.0
// Counters of disks and network interfaces before they are encoded: the same on every OS.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hostscope::model {

// In the order of psutil's disk_io_counters().
enum class DiskCounter : std::uint8_t {
  kReadCount,
  kWriteCount,
  kReadBytes,
  kWriteBytes,
  kReadTime,   // milliseconds
  kWriteTime,  // milliseconds
  kReadMergedCount,
  kWriteMergedCount,
  kBusyTime,  // milliseconds
};

// In the order of psutil's net_io_counters().
enum class NetCounter : std::uint8_t {
  kBytesSent,
  kBytesRecv,
  kPacketsSent,
  kPacketsRecv,
  kErrIn,
  kErrOut,
  kDropIn,
  kDropOut,
};

inline constexpr std::size_t kCounters = 9;  // of the larger set

// One value for each counter; empty where it is not counted.
struct Counters {
  std::array<std::optional<std::uint64_t>, kCounters> values{};

  template <class Counter>
  std::optional<std::uint64_t>& operator[](Counter counter) {
    return values[static_cast<std::size_t>(counter)];
  }
  template <class Counter>
  const std::optional<std::uint64_t>& operator[](Counter counter) const {
    return values[static_cast<std::size_t>(counter)];
  }
  bool operator==(const Counters&) const = default;
};

struct NamedCounters {
  std::string name;
  Counters counters;
  bool in_total = true;  // false for a partition: its disk counts the same
};

// Each counter added up over the rows in the total that have it; empty without such rows.
std::optional<Counters> total_of(const std::vector<NamedCounters>& rows);

}  // namespace hostscope::model
