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
    bool stopped = false;  // by us
    model::ControlTarget target = {};
  };

  explicit ProcessTree(const std::vector<std::string>& protected_names) : protected_names_(protected_names) {}

  Result<void> begin(const gen::ProcessRef& root);
  // In the order in which they were found, so that each stands behind its parent.
  std::vector<Member>& members() { return members_; }
  const WindowsHeldProcess& root() const { return *members_.front().held; }

  // Looks at all processes once and takes in those that descend from members, of the root alone unless `recursive`;
  // calls `on_new` with each at once. False if none was new. Descendants whose parent had ended before are nobody's.
  Result<bool> grow(bool recursive, const std::function<void(Member&)>& on_new = {});

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

  const std::vector<std::string>& protected_names_;
  std::vector<Member> members_;
};

}  // namespace hostscope::windows_os
