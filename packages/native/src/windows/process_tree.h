// SPDX-License-Identifier: Apache-2.0
// A process and those that descend from it, each held.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "model/process_tree.h"
#include "windows/held_process.h"

namespace hostscope::windows_os {

class ProcessTree {
 public:
  struct Member {
    std::unique_ptr<WindowsHeldProcess> held;
    bool is_protected = false;
    bool stopped = false;    // by us
    TargetFacts facts = {};  // if the caller may meet some processes only
    model::ControlTarget target = {};
  };

  ProcessTree(std::shared_ptr<ProcessContext> context, const Grant* grant)
      : context_(std::move(context)), grant_(grant != nullptr && grant->targets ? grant : nullptr) {}

  Result<void> begin(const gen::ProcessRef& root);
  // In the order in which they were found, so that each stands behind its parent.
  std::vector<Member>& members() { return members_; }
  const WindowsHeldProcess& root() const { return *members_.front().held; }

  // Looks at all processes once and takes in those that descend from members, of the root alone unless `recursive`;
  // calls `on_new` with each at once. False if none was new. Descendants whose parent had ended before are nobody's.
  Result<bool> grow(bool recursive, const std::function<void(Member&)>& on_new = {});

  // Why so many may not be met in one call, if they may not.
  std::optional<Status> check_count(bool without_root);

  // Does what the number of control_numbers.h means, and notes what became of it. False if it was not done.
  bool signal(Member& member, int number);
  // Lets it go on if it was stopped by us.
  void release(Member& member);
  static bool has_ended(Member& member);
  // Until all that were signalled have ended, or this time.
  void wait(std::chrono::steady_clock::time_point until, const model::Patience& patience);
  bool all_have_ended();

 private:
  void add(std::unique_ptr<WindowsHeldProcess> held);
  // The member that it is a child of; null if none.
  Member* parent_of(const ProcessEntry& process, bool recursive);

  // Leaves alone one that the caller may not act on.
  void judge(Member& member);

  const std::shared_ptr<ProcessContext> context_;
  const Grant* const grant_;  // null: anybody may be met
  std::vector<Member> members_;
};

}  // namespace hostscope::windows_os
