// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/clock.h"
#include "gen/common.gen.h"

namespace hostscope {

// When values were read, on both clocks.
struct Moment {
  std::uint64_t monotonic_ns = core::monotonic_ns();
  double wall_seconds = core::wall_seconds();

  void write(gen::SampleWriter& out) const {
    out.monotonic_ns(monotonic_ns);
    out.time(wall_seconds);
  }
};

}  // namespace hostscope
