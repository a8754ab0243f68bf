// SPDX-License-Identifier: Apache-2.0
// What the kernel sets by the id of a thread rather than through a handle.
#include <unistd.h>

#include <chrono>
#include <unordered_set>

#include "linux/directory_names.h"
#include "linux/held_process.h"

namespace hostscope::linux_os {

// While the process has its pid no other can have it: that it has it still, afterwards, proves that it was met.
Result<gen::Guarantee> LinuxHeldProcess::set_by_pid(std::string_view what, Threads threads,
                                                    const std::function<int(pid_t)>& set) const {
  if (const int error = set(static_cast<pid_t>(ref_.pid))) return failure(what, error);
  if (threads == Threads::kAll) {
    auto all = set_on_all_threads(what, set);
    if (!all) return std::move(all.status());
  }
  if (!has_pid()) return Status::target_left(ref_.pid);
  return gen::Guarantee::kChecked;
}

// A thread starts with what the one has that starts it. So once a list shows none that was not set, none can appear
// that has anything else.
Result<void> LinuxHeldProcess::set_on_all_threads(std::string_view what, const std::function<int(pid_t)>& set) const {
  constexpr std::chrono::seconds kPatience{2};
  const auto last = std::chrono::steady_clock::now() + kPatience;
  std::unordered_set<std::int64_t> done{ref_.pid};
  std::optional<Status> failed;
  for (bool found_new = true; found_new;) {
    found_new = false;
    const int error = for_each_name(directory_.get(), "task", [&](std::string_view name) {
      const auto thread = id_of(name);
      if (failed || !thread || !done.insert(*thread).second) return;
      found_new = true;
      const int refused = set(static_cast<pid_t>(*thread));
      if (refused == ESRCH) return;  // it has ended
      if (refused != 0) failed = failure(what, refused);
      if (thread_was_replaced(*thread)) failed = Status::target_left(ref_.pid);
    });
    if (failed) return std::move(*failed);
    if (error != 0) return Status::target_left(ref_.pid);
    if (found_new && std::chrono::steady_clock::now() > last) {
      return Status::overloaded("its threads appear faster than they can be set");
    }
  }
  return {};
}

bool LinuxHeldProcess::thread_was_replaced(std::int64_t thread) const {
  const auto id = std::to_string(thread);
  return ::faccessat(directory_.get(), ("task/" + id).c_str(), F_OK, 0) != 0 &&
         ::faccessat(context_->proc.get(), id.c_str(), F_OK, 0) == 0;
}

}  // namespace hostscope::linux_os
