// SPDX-License-Identifier: Apache-2.0
#include "linux/exit_watcher.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include "linux/exit_code.h"
#include "linux/process_handles.h"
#include "model/same_process.h"

namespace hostscope::linux_os {
namespace {

// So that other work of this program always finds descriptors: a part of those that kept process files leave.
std::size_t pidfd_budget() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const auto all = static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, 1U << 30));
  return (all - std::min(all / 2, ProcessHandles::default_budget())) / 4 * 3;
}

Status too_many() { return Status::overloaded("so many processes are waited for that descriptors would run out"); }

std::optional<std::uint64_t> inode_of(int pidfd) {
  struct stat info {};
  if (::fstat(pidfd, &info) != 0) return std::nullopt;
  return info.st_ino;
}

}  // namespace

class ExitWatcher::Watch : public ExitWatch {
 public:
  Watch(std::weak_ptr<ExitWatcher> watcher, std::uint64_t serial, std::uint64_t waiter)
      : watcher_(std::move(watcher)), serial_(serial), waiter_(waiter) {}
  ~Watch() override {
    const auto watcher = watcher_.lock();
    if (!watcher) return;
    std::pair<EntryPtr, Waiter> removed;
    const std::lock_guard lock(watcher->mutex_);
    removed = watcher->remove(serial_, waiter_);
  }

 private:
  const std::weak_ptr<ExitWatcher> watcher_;
  const std::uint64_t serial_, waiter_;
};

ExitWatcher::ExitWatcher(Source source)
    : source_(std::move(source)),
      budget_(pidfd_budget()),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Result<std::shared_ptr<ExitWatch>> ExitWatcher::watch(const gen::ProcessRef& ref, ExitWatchMode mode, std::size_t which,
                                                      std::shared_ptr<ExitListener> listener) {
  const std::shared_ptr<ExitWatch> nothing;
  if (ref.pid == 0) return Status::no_such_process(0);
  auto found = find(ref);
  if (!found) return std::move(found.status());
  if (!found->there) {
    listener->exited(which, found->returncode);
    return nothing;
  }
  if (found->held() >= 0 && linux_os::has_ended(found->held())) {
    const auto code = find_returncode(source_.proc, ref.pid, found->held());
    if (code || mode == ExitWatchMode::kLook) {
      listener->exited(which, code);
      return nothing;
    }
  }
  if (mode == ExitWatchMode::kLook) return nothing;
  auto watch = add(*found, {which, listener});
  if (watch && !*watch) listener->exited(which, find_returncode(source_.proc, ref.pid, found->held()));
  return watch;
}

// A process is known by what is read of its pid while a pidfd proves that the pid is still its own.
Result<ExitWatcher::Found> ExitWatcher::find(const gen::ProcessRef& ref) const {
  constexpr int kTries = 4;
  for (int tries = 0; tries < kTries; ++tries) {
    Found found;
    found.known = entry_of(ref.pid);
    if (!found.known) {
      auto pidfd = open_pidfd(ref.pid);
      if (!pidfd && pidfd.status().reason == ErrorReason::kNoSuchProcess) return found;
      if (!pidfd) return std::move(pidfd.status());
      found.pidfd = std::move(*pidfd);
    }
    auto now = source_.identify(ref.pid);
    if (!now && now.status().reason != ErrorReason::kNoSuchProcess) return std::move(now.status());
    if (now && !same_process(ref, *now)) return Found{};
    if (now && (found.held() < 0 || !is_collected(found.held()))) {
      found.there = true;
      found.ref = *now;
      return found;
    }
    // It has just ended, and the pid may be another's. Only the inode tells whom the pidfd is of.
    const auto inode = found.held() >= 0 ? inode_of(found.held()) : std::nullopt;
    if (ref.pidfd_inode && inode == ref.pidfd_inode) {
      found.returncode = find_returncode(source_.proc, ref.pid, found.held());
      return found;
    }
    if (!now) return Found{};
  }
  return Found{};
}

// No descriptor: this process cannot be had so.
Result<UniqueFd> ExitWatcher::open_pidfd(std::int64_t pid) const {
  if (pid > std::numeric_limits<pid_t>::max()) return Status::no_such_process(pid);
  if (!source_.own_pid_namespace) return UniqueFd();
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (pidfd) return pidfd;
  if (errno == ESRCH) return Status::no_such_process(pid);
  if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) return too_many();
  return UniqueFd();
}

// Whose pidfd holds the pid. One that is collected has left it to others.
ExitWatcher::EntryPtr ExitWatcher::entry_of(std::int64_t pid) const {
  const std::lock_guard lock(mutex_);
  const auto serial = by_pid_.find(pid);
  if (serial == by_pid_.end()) return nullptr;
  const auto& entry = entries_.at(serial->second);
  return entry->pidfd && !is_collected(entry->pidfd.get()) ? entry : nullptr;
}

Result<std::shared_ptr<ExitWatch>> ExitWatcher::add(Found& found, Waiter waiter) {
  const std::lock_guard lock(mutex_);
  if (closed_) return Status::closed();
  if (found.known) {
    const auto serial = by_pid_.find(found.ref.pid);
    if (serial == by_pid_.end() || entries_.at(serial->second) != found.known) return std::shared_ptr<ExitWatch>();
    return join(serial->second, *found.known, std::move(waiter));
  }
  auto started = start();
  if (!started) return std::move(started.status());
  if (found.pidfd && pidfds_ >= budget_) return too_many();
  const auto serial = ++last_;
  const auto entry = std::make_shared<Entry>();
  entry->ref = found.ref;
  entry->pidfd = std::move(found.pidfd);
  if (entry->pidfd) {
    // Once for its end and once more when it is collected.
    epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.u64 = serial}};
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, entry->pidfd.get(), &event) != 0) {
      return errno == ENOSPC || errno == ENOMEM ? too_many() : Status::os("watch a pidfd", errno);
    }
  } else {
    ::eventfd_write(wake_.get(), 1);
  }
  ++(entry->pidfd ? pidfds_ : polled_);
  entries_.emplace(serial, entry);
  by_pid_[found.ref.pid] = serial;
  return join(serial, *entry, std::move(waiter));
}

std::shared_ptr<ExitWatch> ExitWatcher::join(std::uint64_t serial, Entry& entry, Waiter waiter) {
  const auto id = ++last_;
  entry.waiters.emplace(id, std::move(waiter));
  return std::make_shared<Watch>(weak_from_this(), serial, id);
}

Result<void> ExitWatcher::start() {
  if (thread_.joinable()) return {};
  if (!epoll_ || !wake_) return too_many();
  epoll_event event{.events = EPOLLIN, .data = {.u64 = 0}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event) != 0 && errno != EEXIST) {
    return Status::os("watch an eventfd", errno);
  }
  try {
    // Not a shared pointer: close() joins it.
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    return Status::overloaded("no thread can be had to wait for processes");
  }
  return {};
}

ExitWatcher::EntryPtr ExitWatcher::erase(std::uint64_t serial) {
  const auto found = entries_.find(serial);
  auto entry = std::move(found->second);
  entries_.erase(found);
  --(entry->pidfd ? pidfds_ : polled_);
  // Whoever holds the entry for a moment holds its descriptor open.
  if (entry->pidfd) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, entry->pidfd.get(), nullptr);
  const auto of_pid = by_pid_.find(entry->ref.pid);
  if (of_pid != by_pid_.end() && of_pid->second == serial) by_pid_.erase(of_pid);
  return entry;
}

std::pair<ExitWatcher::EntryPtr, ExitWatcher::Waiter> ExitWatcher::remove(std::uint64_t serial, std::uint64_t waiter) {
  std::pair<EntryPtr, Waiter> removed;
  const auto found = entries_.find(serial);
  if (found == entries_.end()) return removed;
  auto& waiters = found->second->waiters;
  if (auto node = waiters.extract(waiter)) removed.second = std::move(node.mapped());
  if (waiters.empty()) removed.first = erase(serial);
  return removed;
}

void ExitWatcher::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    ::eventfd_write(wake_.get(), 1);
  }
  if (thread_.joinable()) thread_.join();
  std::unordered_map<std::uint64_t, EntryPtr> dropped;  // their listeners are let go without the lock
  const std::lock_guard lock(mutex_);
  dropped.swap(entries_);
  by_pid_.clear();
}

}  // namespace hostscope::linux_os
