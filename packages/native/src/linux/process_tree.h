// SPDX-License-Identifier: Apache-2.0
// A process and those that descend from it, each verified to do so and held.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "linux/held_process.h"
#include "model/process_tree.h"

namespace hostscope::linux_os {

class ProcessTree {
 public:
  struct Member {
    std::unique_ptr<LinuxHeldProcess> held;  // null: there was no descriptor left for it; see hold()
    std::size_t parent = 0;                  // index of the member that it was found below; its own for the root
    std::int64_t session = 0;
    std::uint64_t start = 0;
    bool was_stopped = false, is_protected = false;
    bool stopped = false;    // by us
    TargetFacts facts = {};  // if the caller may meet some processes only
    model::ControlTarget target = {};
  };

  ProcessTree(std::shared_ptr<const ProcessContext> context, const ProtectedProcesses& untouchable,
              std::unique_ptr<LinuxHeldProcess> root, const Grant* grant);

  // In the order in which they were found, so that each stands behind its parent.
  std::vector<Member>& members() { return members_; }
  const std::unique_ptr<LinuxHeldProcess>& root() const { return members_.front().held; }

  // Looks at all processes and takes in those that descend from members, of the root alone unless `recursive`; calls
  // `on_new` with the index of each at once. False if there was none that is new, nor one that ended as it was looked
  // at. What a member starts while it is not stopped may be missed; the next time finds it.
  bool grow(bool recursive, const std::function<void(std::size_t)>& on_new = {});
  // Why so many may not be met in one call, if they may not. From now on those that are found count, too.
  std::optional<Status> check_count(bool without_root);
  // From now on the children that a process gets which is to live are left alone.
  void leave_later_children();

  // Sends the signal and notes what became of it. False if it was not delivered.
  bool signal(Member& member, int number);
  bool has_ended(Member& member);
  bool is_first_of_namespace(const Member& member) const;
  // Lets those go on that were stopped by us.
  void release(Member& member);
  // Some that descend from the root could not be looked at, so that they are not among the members.
  const std::optional<Status>& incomplete() const { return incomplete_; }

 private:
  struct Row {
    std::int64_t pid, parent, session;
    std::uint64_t start;
  };

  enum class Found : std::uint8_t { kOther, kLost, kNew };

  bool is_known(const Row& row);
  Found look_at(const Row& row, bool recursive);
  Found adopt(const Row& row, std::size_t parent);
  bool is_child_of(const LinuxHeldProcess& child, Member& parent);
  bool is_of_own_session(const LinuxHeldProcess& process);
  void add(std::unique_ptr<LinuxHeldProcess> held, std::size_t parent);
  // Leaves alone one that the caller may not act on.
  void judge(Member& member, const LinuxHeldProcess& held);
  // What `act` gives for the held process; one that is not kept open is opened again. False if it is gone, `unknown` if
  // that cannot be told.
  bool with(Member& member, const std::function<bool(LinuxHeldProcess&)>& act, bool unknown = false);
  std::uint64_t now() const;  // in the unit of start marks

  const std::shared_ptr<const ProcessContext> context_;
  const ProtectedProcesses& untouchable_;
  const Grant* const grant_;  // null: anybody may be met
  std::size_t counted_ = 0;   // that the call is to meet, once that was checked
  std::size_t descriptors_left_;
  std::vector<Member> members_;
  std::unordered_multimap<std::int64_t, std::size_t> by_pid_;
  // Sessions that a member began, so that all in them descend from it; until when a member was known to be in it.
  std::unordered_map<std::int64_t, std::uint64_t> sessions_;
  std::optional<Status> incomplete_;
  std::optional<std::uint64_t> last_start_;  // of children of those that are to live
};

}  // namespace hostscope::linux_os
