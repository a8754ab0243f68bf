// SPDX-License-Identifier: Apache-2.0
#include "handlers/mutation.h"

namespace hostscope {

Result<void> check_mutation(const std::optional<gen::Mutation>& mutation) {
  constexpr std::size_t kLongestReason = 256;  // bytes
  if (mutation && mutation->reason.value_or("").size() > kLongestReason) {
    return Status::invalid_argument("mutation.reason", "is longer than 256 bytes");
  }
  return {};
}

}  // namespace hostscope
