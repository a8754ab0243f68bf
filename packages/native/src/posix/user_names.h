// SPDX-License-Identifier: Apache-2.0
// Names of user ids, remembered for a while: looking one up may ask a directory server.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace hostscope::posix {

class UserNames {
 public:
  // The user's name, or the number as text if it has none. May block: call it on a worker thread. Thread-safe.
  std::string name(uid_t uid);

 private:
  struct Entry {
    std::string name;
    std::chrono::steady_clock::time_point expires;
  };
  std::mutex mutex_;
  std::unordered_map<uid_t, Entry> entries_;
};

}  // namespace hostscope::posix
