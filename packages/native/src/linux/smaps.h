// SPDX-License-Identifier: Apache-2.0
// The text of /proc/PID/smaps, and of smaps_rollup, which is a smaps of one region.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/process.h"

namespace hostscope::linux_os {

// One mapped region as the kernel tells it; bytes. A value is absent if the kernel does not give it.
struct SmapsRegion {
  std::string addr, perms, path;  // the path is empty for memory without a name
  std::optional<std::uint64_t> size, rss, pss, shared_clean, shared_dirty, private_clean, private_dirty, referenced,
      anonymous, swap;
};

// Parses smaps piece by piece, for it may have hundreds of megabytes; pieces may end anywhere. Lines that it does not
// know or cannot read are passed over.
class SmapsParser {
 public:
  // How many characters a key has with its colon and the blanks after it, as the kernel writes it.
  static constexpr std::size_t kUsualKey = 16;

  // `take` is given each region when it is complete. It may be empty if only the sums are of interest.
  explicit SmapsParser(std::function<void(const SmapsRegion&)> take = {}) : take_(std::move(take)) {}

  void feed(std::string_view piece);
  // After the last piece.
  void end();

  // Whether there was no region at all: a process without memory of its own.
  bool empty() const { return empty_; }
  // Sums over all regions. uss is what is private, huge pages included.
  const model::ProcessMemoryFullInfo& sums() const { return sums_; }

 private:
  using Value = std::optional<std::uint64_t>;

  void read_line(std::string_view line);
  void read_header(std::string_view line);
  void read_value(std::string_view line);
  void finish_region();

  // All regions have the same lines in the same order: what a line of the last region was tells what to do with the one
  // at its place in this region, without a search for its end and its key. Stops at another line, or one not as usual.
  void take_usual_lines(std::string_view& piece);
  void learn_usual_line(std::string_view line, Value SmapsRegion::*member, bool is_private);

  struct UsualLine {
    std::array<char, kUsualKey> key{};
    Value SmapsRegion::*member = nullptr;  // where the value belongs, if anybody wants it
    bool is_private = false;
  };

  std::function<void(const SmapsRegion&)> take_;
  std::string begun_;  // a line whose end is yet to come
  SmapsRegion region_;
  bool in_region_ = false;
  bool empty_ = true;
  std::array<UsualLine, 32> usual_;
  std::size_t line_ = 0;  // of the region, from 0
  model::ProcessMemoryFullInfo sums_;
};

}  // namespace hostscope::linux_os
