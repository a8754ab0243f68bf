// SPDX-License-Identifier: Apache-2.0
// Names of user ids, remembered for a while: looking one up may ask a directory server.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace hostscope::posix {

// The name that this system's own directories give the id, or the number as text.
std::string user_name_here(uid_t uid);

class UserNames {
 public:
  using LookUp = std::function<std::string(uid_t)>;
  explicit UserNames(LookUp look_up = user_name_here) : look_up_(std::move(look_up)) {}

  // The user's name, or the number as text if it has none. May block: call it on a worker thread. Thread-safe.
  std::string name(uid_t uid);

 private:
  struct Entry {
    std::string name;
    std::chrono::steady_clock::time_point expires;
  };
  const LookUp look_up_;
  std::mutex mutex_;
  std::unordered_map<uid_t, Entry> entries_;
};

}  // namespace hostscope::posix
