// SPDX-License-Identifier: Apache-2.0
// The messages of Process.List: rows, gathered up to a size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "gen/process_read.gen.h"
#include "handlers/moment.h"
#include "wire/writer.h"

namespace hostscope {

class ListMessages {
 public:
  // `bytes` is used for the message in progress; `messages` gets those that are complete.
  ListMessages(const Moment& moment, wire::Writer& bytes, std::vector<wire::Buffer>& messages)
      : moment_(moment), bytes_(bytes), messages_(messages), out_(bytes) {
    begin();
  }

  // `fill` is given the writer of the row.
  template <class Fill>
  void add(Fill&& fill) {
    if (bytes_.size() >= kBytes) {
      end();
      begin();
    }
    out_.processes(std::forward<Fill>(fill));
  }
  void add_vanished(std::uint32_t count) { vanished_ += count; }

  // After the last row.
  void end() {
    out_.vanished(std::exchange(vanished_, 0));
    messages_.push_back(bytes_.take_buffer());
  }

 private:
  // A message is closed as soon as it has so many bytes, so that none is much bigger than its last row.
  static constexpr std::size_t kBytes = 256 * 1024;

  void begin() {
    out_.sample([&](auto& w) { moment_.write(w); });
  }

  const Moment& moment_;
  wire::Writer& bytes_;
  std::vector<wire::Buffer>& messages_;
  gen::ProcessListResponseWriter out_;
  std::uint32_t vanished_ = 0;
};

}  // namespace hostscope
