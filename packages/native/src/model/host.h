// SPDX-License-Identifier: Apache-2.0
// What is known about the host itself before it is encoded: the same structs on every OS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gen/host.gen.h"

namespace hostscope::model {

// One login session.
struct User {
  std::string name;
  std::optional<std::string> terminal, host;
  double started = 0;  // seconds since the epoch
  std::optional<std::int64_t> pid;
};

struct SignalNumber {
  std::string name;
  std::int32_t number = 0;
};

struct PlatformConstants {
  std::uint32_t page_size = 0;  // bytes
  std::optional<std::uint32_t> clock_ticks;
  std::optional<std::uint64_t> pid_max;
  std::vector<SignalNumber> signals;  // by number
};

struct HostInfo {
  std::string hostname;  // empty: not known
  gen::Platform platform = gen::Platform::kUnspecified;
  std::optional<std::string> os, os_version, kernel, machine, boot_id;
  std::optional<std::uint32_t> boot;
  std::optional<double> boot_time;
  PlatformConstants constants;
};

}  // namespace hostscope::model
