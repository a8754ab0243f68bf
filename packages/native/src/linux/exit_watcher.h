// SPDX-License-Identifier: Apache-2.0
// Waits for the end of any number of processes with one thread, which sleeps in the kernel until one of them ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/unique_fd.h"
#include "exit_watch.h"
#include "gen/common.gen.h"
#include "model/process.h"

namespace hostscope::linux_os {

// Each process is held by a pidfd, shared by all who wait for it. Where there are none (another pid namespace's procfs,
// threads, kernels before 5.3) its stat is looked at now and then. Thread-safe; its owner must call close().
class ExitWatcher : public std::enable_shared_from_this<ExitWatcher> {
 public:
  // Gives the ref that a pid has now, from its stat; no_such_process if there is none.
  using Identify = std::function<Result<model::ProcessRef>(std::int64_t pid)>;

  struct Source {
    int proc;                // the procfs root, open until close()
    bool own_pid_namespace;  // pidfds are of the processes that it shows
    Identify identify;       // used until close(), on threads that call
  };

  explicit ExitWatcher(Source source);

  // See Collector::watch_exit.
  Result<std::shared_ptr<ExitWatch>> watch(const gen::ProcessRef& ref, ExitWatchMode mode, std::size_t which,
                                           std::shared_ptr<ExitListener> listener);
  // Ends the thread; nobody is told any more. Not from a listener.
  void close();

 private:
  using Clock = std::chrono::steady_clock;

  struct Waiter {
    std::size_t which;
    std::shared_ptr<ExitListener> listener;
  };
  struct Entry {
    model::ProcessRef ref;
    UniqueFd pidfd;          // none: polled
    bool has_ended = false;  // and its code is not known yet
    std::unordered_map<std::uint64_t, Waiter> waiters;
  };
  using EntryPtr = std::shared_ptr<Entry>;
  class Watch;
  // What is known of a process that is to be watched.
  struct Found {
    bool there = false;
    std::optional<std::int32_t> returncode = {};  // if not
    model::ProcessRef ref = {};                   // if it is
    UniqueFd pidfd = {};
    EntryPtr known = nullptr;  // somebody waits for it already, with a pidfd

    int held() const { return known ? known->pidfd.get() : pidfd.get(); }
  };

  Result<Found> find(const gen::ProcessRef& ref) const;
  Result<UniqueFd> open_pidfd(std::int64_t pid) const;
  EntryPtr entry_of(std::int64_t pid) const;
  // Null if it has ended and those who waited already were told.
  Result<std::shared_ptr<ExitWatch>> add(Found& found, Waiter waiter);
  // These need the lock.
  Result<void> start();
  std::shared_ptr<ExitWatch> join(std::uint64_t serial, Entry& entry, Waiter waiter);
  // Gives what is no longer needed, to be let go without the lock.
  EntryPtr erase(std::uint64_t serial);
  std::pair<EntryPtr, Waiter> remove(std::uint64_t serial, std::uint64_t waiter);
  int timeout_ms() const;

  void run();
  // Looks at one that has ended; unless it is the last time, its code may take a little more.
  void look(std::uint64_t serial, bool last, std::vector<std::shared_ptr<ExitListener>>& told);
  std::vector<std::uint64_t> take_due();
  void look_at_polled(std::vector<std::shared_ptr<ExitListener>>& told);
  void tell(std::uint64_t serial, std::optional<std::int32_t> returncode,
            std::vector<std::shared_ptr<ExitListener>>& told);

  const Source source_;
  const std::size_t budget_;  // of pidfds
  const UniqueFd epoll_, wake_;

  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, EntryPtr> entries_;
  std::unordered_map<std::int64_t, std::uint64_t> by_pid_;
  std::deque<std::pair<Clock::time_point, std::uint64_t>> ending_;  // when the code is waited for no longer
  std::size_t pidfds_ = 0;
  std::size_t polled_ = 0;
  std::uint64_t last_ = 0;
  bool closed_ = false;
  std::thread thread_;
};

}  // namespace hostscope::linux_os
