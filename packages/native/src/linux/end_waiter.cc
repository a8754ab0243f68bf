// SPDX-License-Identifier: Apache-2.0
#include "linux/end_waiter.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <thread>

namespace hostscope::linux_os {

using std::chrono::milliseconds;

EndWaiter::EndWaiter(ProcessTree& tree) : tree_(tree), events_(::epoll_create1(EPOLL_CLOEXEC)) {}

void EndWaiter::add(std::size_t index) {
  auto& member = tree_.members()[index];
  if (tree_.has_ended(member)) return;
  ++waiting_;
  epoll_event event{.events = EPOLLIN | EPOLLONESHOT, .data = {.u64 = index}};
  const int pidfd = member.held ? member.held->pidfd() : -1;
  if (::epoll_ctl(events_.get(), EPOLL_CTL_ADD, pidfd, &event) != 0) others_.push_back(index);
}

void EndWaiter::wait(std::chrono::steady_clock::time_point until) {
  constexpr milliseconds kLookEvery{20};
  auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
  if (!others_.empty()) left = std::min(left, kLookEvery);
  std::array<epoll_event, 256> events;
  const int timeout = static_cast<int>(std::max(left, milliseconds::zero()).count());
  const int count = ::epoll_wait(events_.get(), events.data(), static_cast<int>(events.size()), timeout);
  // There may have been no descriptor left for it.
  if (count < 0) std::this_thread::sleep_for(std::clamp(left, milliseconds::zero(), kLookEvery));
  for (int i = 0; i < count; ++i) {
    tree_.members()[events[static_cast<std::size_t>(i)].data.u64].target.ended = true;
    --waiting_;
  }
  look_at_others();
}

void EndWaiter::look_at_others() {
  waiting_ -= std::erase_if(others_, [&](std::size_t index) { return tree_.has_ended(tree_.members()[index]); });
}

}  // namespace hostscope::linux_os
