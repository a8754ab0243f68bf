// SPDX-License-Identifier: Apache-2.0
// How often watches have collected: the same whether one watches or a thousand do.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>

namespace hostscope {

// Thread-safe.
class WatchCounts {
 public:
  // The method is one of the schema's, whose names live for ever.
  void add(std::string_view method) {
    const std::lock_guard lock(mutex_);
    ++collections_[method];
  }
  std::map<std::string_view, std::uint64_t> collections() const {
    const std::lock_guard lock(mutex_);
    return collections_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string_view, std::uint64_t> collections_;
};

}  // namespace hostscope
