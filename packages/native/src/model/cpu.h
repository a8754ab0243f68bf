// SPDX-License-Identifier: Apache-2.0
// What is known about CPUs before it is encoded: the same structs on every OS. An empty optional is unknown here.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

namespace hostscope::model {

// What a CPU spends its time on, in the order of the fields of the schema's CpuTimes.
enum class CpuMode : std::uint8_t {
  kUser,  // includes guest
  kNice,  // includes guest_nice
  kSystem,
  kIdle,
  kIowait,
  kIrq,
  kSoftirq,
  kSteal,
  kGuest,
  kGuestNice,
  kInterrupt,  // Windows; part of system
  kDpc,        // Windows; part of system
};
inline constexpr std::size_t kCpuModes = 12;

// One value for each mode.
template <class T>
struct ByCpuMode {
  std::array<T, kCpuModes> values{};

  constexpr T& operator[](CpuMode mode) { return values[static_cast<std::size_t>(mode)]; }
  constexpr const T& operator[](CpuMode mode) const { return values[static_cast<std::size_t>(mode)]; }
  bool operator==(const ByCpuMode&) const = default;
};

// The modes that a platform counts.
class CpuModes {
 public:
  constexpr CpuModes(std::initializer_list<CpuMode> modes) {
    for (const auto mode : modes) bits_ |= 1u << static_cast<unsigned>(mode);
  }
  constexpr bool has(CpuMode mode) const { return (bits_ >> static_cast<unsigned>(mode) & 1u) != 0; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(std::popcount(bits_)); }

  // In the order of the modes.
  template <class Visit>
  constexpr void for_each(Visit&& visit) const {
    for (unsigned rest = bits_; rest != 0; rest &= rest - 1) visit(static_cast<CpuMode>(std::countr_zero(rest)));
  }

 private:
  unsigned bits_ = 0;
};

// Time since boot in each mode, in the platform's own unit.
using CpuTicks = ByCpuMode<std::uint64_t>;

// One CPU under the kernel's number for it, which is not its position in a list: offline CPUs are left out.
struct NumberedCpu {
  std::uint32_t cpu = 0;
  CpuTicks ticks;
};

// All CPU times at one moment.
struct CpuSample {
  std::uint64_t monotonic_ns = 0;
  double time = 0;                    // seconds since the epoch
  std::optional<std::uint32_t> boot;  // mark of the boot, as in ProcessRef
  double ticks_per_second = 1;
  CpuModes modes{};
  CpuTicks total;
  std::vector<NumberedCpu> per_cpu;  // ascending by number
};

// Number of CPUs online, and of their cores.
struct CpuCount {
  std::optional<std::uint32_t> logical, physical;
};

// Counters since boot.
struct CpuStats {
  std::uint64_t ctx_switches = 0, interrupts = 0;
  std::optional<std::uint64_t> soft_interrupts, syscalls;
};

// MHz.
struct CpuFrequency {
  double current = 0;
  std::optional<double> min, max;
};

struct NumberedFrequency {
  std::uint32_t cpu = 0;
  CpuFrequency frequency;
};

// Averages over 1, 5 and 15 minutes.
struct LoadAverage {
  double load1 = 0, load5 = 0, load15 = 0;
};

}  // namespace hostscope::model
