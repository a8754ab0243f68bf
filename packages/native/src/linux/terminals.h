// SPDX-License-Identifier: Apache-2.0
// Names of terminals by device number.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace hostscope::linux_os {

// A look-up that misses scans /dev again, for the terminal may be new; `Scans` holds that to once per reader, so that
// a host full of terminals of other containers does not scan once per process.
class Terminals {
 public:
  struct Scans {
    bool done = false;
  };

  explicit Terminals(std::string dev_root) : dev_root_(std::move(dev_root)) {}

  // Path such as "/dev/pts/3"; empty if no device has this number. Thread-safe.
  std::optional<std::string> name(std::int32_t tty_nr, Scans& scans);

 private:
  void scan();
  void scan_directory(const std::string& directory, const std::string& shown, bool only_tty);

  const std::string dev_root_;
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::string> names_;
};

}  // namespace hostscope::linux_os
