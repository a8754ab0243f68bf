// SPDX-License-Identifier: Apache-2.0
#include "posix/user_names.h"

#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

namespace hostscope::posix {
namespace {

using std::chrono::steady_clock;

// Long enough to make a process list cheap, short enough that a renamed or new user shows soon.
constexpr auto kKeep = std::chrono::seconds(30);
constexpr std::size_t kMaxRecord = 1 << 20;

}  // namespace

std::string user_name_here(uid_t uid) {
  const long hint = ::sysconf(_SC_GETPW_R_SIZE_MAX);
  std::vector<char> buffer(hint > 0 ? static_cast<std::size_t>(hint) : 1024);
  for (;;) {
    passwd record{};
    passwd* found = nullptr;
    const int error = ::getpwuid_r(uid, &record, buffer.data(), buffer.size(), &found);
    if (error == EINTR) continue;
    if (error == ERANGE && buffer.size() < kMaxRecord) {
      buffer.resize(buffer.size() * 2);
      continue;
    }
    return found != nullptr ? std::string(record.pw_name) : std::to_string(uid);
  }
}

std::string UserNames::name(uid_t uid) {
  const auto now = steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(uid);
    if (entry != entries_.end() && entry->second.expires > now) return entry->second.name;
  }
  std::string found = look_up_(uid);  // unlocked: one slow look-up must not hold up the others
  const std::lock_guard lock(mutex_);
  entries_[uid] = {found, now + kKeep};
  return found;
}

}  // namespace hostscope::posix
