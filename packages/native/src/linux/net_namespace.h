// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "roots.h"

namespace hostscope::linux_os {

// The network namespace of the host that is watched. With the default roots that is the collector's own; an agent that
// is given other roots, or the procfs of another pid namespace, watches that of the first process there.
class NetNamespace {
 public:
  // `proc`: the procfs root of `roots`, which must stay open.
  NetNamespace(int proc, const Roots& roots, bool own_pid_namespace);

  // Folder with the namespace's files, below the procfs root. If they cannot be read there, they are nowhere else: the
  // files of the collector's own namespace would be another host's.
  const std::string& folder() const { return folder_; }

  // Runs `work` in the namespace, on another thread if this one is not in it, and waits for it. Gives 0, or why it
  // could not be entered (`work` has not run then): EACCES or EPERM without the right to. May block: on a worker only.
  template <class Work>
  int run(Work&& work) const {
    if (entered_) return run_inside(std::forward<Work>(work));
    std::forward<Work>(work)();
    return 0;
  }

 private:
  int run_inside(const std::function<void()>& work) const;

  int proc_;
  bool entered_;  // or it is the collector's own
  std::string folder_;
};

}  // namespace hostscope::linux_os
