// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/watch_pace.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_WATCH_PACE_H_
#define HOSTSCOPE_GEN_WATCH_PACE_H_

#include <bit>
#include <cstdint>

#include "wire/writer.h"

namespace hostscope::gen {

class WatchPaceWriter;

// At which pace an agent collects for its watchers, when it is held to a budget of its own.
class WatchPaceWriter {
 public:
  explicit WatchPaceWriter(wire::Writer& writer) : writer_(writer) {}

  // Seconds from one collection to the next, as of now; more than was asked for while the agent is over its budget.
  void interval(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

  // CPU use of the agent itself, percent of one CPU.
  void cpu_percent(double value) { writer_.put_double<2>(value); }

  // Memory of the agent itself, resident bytes.
  void rss(uint64_t value) { writer_.put_uint64<3>(value); }

 private:
  wire::Writer& writer_;
};

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_WATCH_PACE_H_
