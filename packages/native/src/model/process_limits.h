// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "gen/process_control.gen.h"
#include "model/process.h"

namespace hostscope::model {

// Empty: unlimited.
struct ResourceLimit {
  std::optional<std::uint64_t> soft, hard;
};

// By number of the resource; without those that the kernel does not have.
class ResourceLimits {
 public:
  std::optional<ResourceLimit>& operator[](gen::RlimitResource resource) { return limits_[index(resource)]; }
  const std::optional<ResourceLimit>& operator[](gen::RlimitResource resource) const {
    return limits_[index(resource)];
  }

 private:
  static constexpr auto kLast = gen::RlimitResource::kStack;
  static std::size_t index(gen::RlimitResource resource) { return static_cast<std::size_t>(resource); }
  std::array<std::optional<ResourceLimit>, static_cast<std::size_t>(kLast) + 1> limits_;
};

struct ProcessLimits {
  ProcessRef ref;
  ResourceLimits limits;
};

}  // namespace hostscope::model
