// SPDX-License-Identifier: Apache-2.0
#include "linux/path_below.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <string_view>
#include <vector>

namespace hostscope::linux_os {
namespace {

constexpr int kMaxLinks = 40;    // as in the kernel
constexpr int kRaceRetries = 8;  // openat2() gives up if a rename could have led it out of the root

// The directories from the root to where a walk stands.
class Walk {
 public:
  explicit Walk(const UniqueFd& root) : root_(root.get()) {}

  int here() const { return steps_.empty() ? root_ : steps_.back().get(); }
  void to_root() { steps_.clear(); }
  void up() {
    if (!steps_.empty()) steps_.pop_back();
  }
  void down(UniqueFd step) { steps_.push_back(std::move(step)); }
  UniqueFd end() {
    if (steps_.empty()) return UniqueFd(::openat(root_, ".", O_PATH | O_CLOEXEC));
    return std::move(steps_.back());
  }

 private:
  const int root_;
  std::vector<UniqueFd> steps_;
};

// Takes the first name off a path.
std::string take_name(std::string& path) {
  const auto start = path.find_first_not_of('/');
  if (start == std::string::npos) {
    path.clear();
    return {};
  }
  const auto end = path.find('/', start);
  auto name = path.substr(start, end == std::string::npos ? end : end - start);
  path.erase(0, end);
  return name;
}

}  // namespace

UniqueFd walk_below(const UniqueFd& root, const std::string& path) {
  Walk walk(root);
  std::string rest = path;
  std::array<char, PATH_MAX> target;
  for (int links = 0; !rest.empty();) {
    const auto name = take_name(rest);
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      walk.up();
      continue;
    }
    UniqueFd step(::openat(walk.here(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!step) return {};
    const auto size = ::readlinkat(step.get(), "", target.data(), target.size());
    if (size < 0) {  // no symbolic link
      walk.down(std::move(step));
      continue;
    }
    if (++links > kMaxLinks) {
      errno = ELOOP;
      return {};
    }
    const std::string_view link(target.data(), static_cast<std::size_t>(size));
    if (link.starts_with('/')) walk.to_root();
    rest.insert(0, "/").insert(0, link);
  }
  return walk.end();
}

UniqueFd open_below(const UniqueFd& root, const std::string& path) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT;
  for (int tries = 0; tries < kRaceRetries; ++tries) {
    UniqueFd file(static_cast<int>(::syscall(SYS_openat2, root.get(), path.c_str(), &how, sizeof how)));
    if (file) return file;
    // A container's filter may refuse it as if it were not allowed.
    if (errno == ENOSYS || errno == EPERM) return walk_below(root, path);
    if (errno != EAGAIN) break;
  }
  return {};
}

}  // namespace hostscope::linux_os
