// SPDX-License-Identifier: Apache-2.0
// What the thread of an ExitWatcher does.
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "linux/exit_code.h"
#include "linux/exit_watcher.h"
#include "linux/proc_file.h"
#include "linux/process_stat.h"

namespace hostscope::linux_os {
namespace {

using std::chrono::milliseconds;

// Some kernels tell the exit code only once the parent has collected the process, which it usually does at once.
constexpr milliseconds kCodeTime{5};
// How often those without pidfd are looked at: the more of them, the less often.
constexpr milliseconds kPollEvery{40};
constexpr std::size_t kPolledPerMs = 10;

void settle(std::vector<std::shared_ptr<ExitListener>>& told) {
  std::sort(told.begin(), told.end());
  told.erase(std::unique(told.begin(), told.end()), told.end());
  for (const auto& listener : told) listener->settled();
  told.clear();
}

// Without a pidfd: gone, another's, or a zombie of which no thread lives on.
struct Polled {
  bool ended = false;
  std::optional<std::int32_t> returncode;
};

Polled poll_process(int proc, const model::ProcessRef& ref) {
  FileReader reader;
  const auto [text, error] = reader.read_record(proc, (std::to_string(ref.pid) + "/stat").c_str());
  if (error == ENOENT || error == ESRCH) return {true, std::nullopt};
  const auto stat = parse_process_stat(text);
  if (error != 0 || !stat) return {};
  if (ref.start && stat->starttime != *ref.start) return {true, std::nullopt};
  if ((stat->state != 'Z' && stat->state != 'X') || stat->num_threads > 1) return {};
  // 0 may mean that the kernel does not tell.
  const auto status = parse_exit_status(text);
  return {true, status && *status != 0 ? returncode_of(*status) : std::nullopt};
}

}  // namespace

void ExitWatcher::run() {
  std::array<epoll_event, 256> events{};
  std::vector<std::shared_ptr<ExitListener>> told;
  auto polled_at = Clock::now();
  for (;;) {
    int timeout = 0;
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return;
      timeout = timeout_ms();
    }
    const int count = ::epoll_wait(epoll_.get(), events.data(), events.size(), timeout);
    for (int i = 0; i < count; ++i) {
      const auto serial = events[static_cast<std::size_t>(i)].data.u64;
      eventfd_t woken = 0;
      if (serial == 0) {
        ::eventfd_read(wake_.get(), &woken);
      } else {
        look(serial, false, told);
      }
    }
    for (const auto serial : take_due()) look(serial, true, told);
    if (const auto now = Clock::now(); now - polled_at >= kPollEvery) {
      polled_at = now;
      look_at_polled(told);
    }
    settle(told);
  }
}

int ExitWatcher::timeout_ms() const {
  if (!ending_.empty()) return 1;
  if (polled_ == 0) return -1;
  return static_cast<int>(kPollEvery.count() + static_cast<std::int64_t>(polled_ / kPolledPerMs));
}

std::vector<std::uint64_t> ExitWatcher::take_due() {
  std::vector<std::uint64_t> due;
  const std::lock_guard lock(mutex_);
  for (const auto now = Clock::now(); !ending_.empty() && ending_.front().first <= now; ending_.pop_front()) {
    due.push_back(ending_.front().second);
  }
  return due;
}

void ExitWatcher::look(std::uint64_t serial, bool last, std::vector<std::shared_ptr<ExitListener>>& told) {
  EntryPtr entry;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(serial);
    if (found == entries_.end()) return;
    entry = found->second;
  }
  const int pidfd = entry->pidfd.get();
  if (!linux_os::has_ended(pidfd)) return;
  const bool collected = is_collected(pidfd);
  const auto code = find_returncode(source_.proc, entry->ref.pid, pidfd);
  if (code || collected || last) {
    tell(serial, code, told);
  } else if (!entry->has_ended) {
    entry->has_ended = true;
    const std::lock_guard lock(mutex_);
    ending_.emplace_back(Clock::now() + kCodeTime, serial);
  }
}

void ExitWatcher::look_at_polled(std::vector<std::shared_ptr<ExitListener>>& told) {
  std::vector<std::pair<std::uint64_t, EntryPtr>> polled;
  {
    const std::lock_guard lock(mutex_);
    if (polled_ == 0) return;
    for (const auto& [serial, entry] : entries_) {
      if (!entry->pidfd) polled.emplace_back(serial, entry);
    }
  }
  for (const auto& [serial, entry] : polled) {
    const auto state = poll_process(source_.proc, entry->ref);
    if (state.ended) tell(serial, state.returncode, told);
  }
}

void ExitWatcher::tell(std::uint64_t serial, std::optional<std::int32_t> returncode,
                       std::vector<std::shared_ptr<ExitListener>>& told) {
  std::unordered_map<std::uint64_t, Waiter> waiters;
  EntryPtr entry;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(serial);
    if (found == entries_.end()) return;
    waiters.swap(found->second->waiters);
    entry = erase(serial);
  }
  for (auto& [id, waiter] : waiters) {
    waiter.listener->exited(waiter.which, returncode);
    told.push_back(std::move(waiter.listener));
  }
}

}  // namespace hostscope::linux_os
