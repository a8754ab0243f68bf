// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "windows/process_target.h"
#include "windows/sockets.h"

namespace hostscope::windows_os {

void WindowsProcessReader::read_connections(Target& target) {
  auto* const shared = static_cast<WindowsSharedSockets*>(target.query.sockets.get());
  if (shared == nullptr) return target.row.fail({A::kConnections}, AttributeOutcome::kFailed);
  if (!target.enter(ProcessSource::kSockets, {A::kConnections})) return;
  const auto& all = shared->rows();
  if (!all) return target.fail({A::kConnections}, static_cast<DWORD>(all.status().os_error.value_or(0)));
  const bool tells_pids = std::any_of(all->begin(), all->end(), [](const auto& row) { return row.pid.has_value(); });
  if (!all->empty() && !tells_pids) return target.fail({A::kConnections}, ERROR_NOT_SUPPORTED);
  for (const auto& row : *all) {
    if (row.pid != target.entry.pid) continue;
    target.row.connections.push_back(row);
    target.row.connections.back().pid.reset();  // the row it stands in says it
  }
  target.row.present.add(A::kConnections);
}

}  // namespace hostscope::windows_os
