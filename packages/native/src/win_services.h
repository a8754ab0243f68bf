// SPDX-License-Identifier: Apache-2.0
// The part of the seam that knows Windows services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/process_tree.h"
#include "model/win_service.h"

namespace hostscope {

// Thread-safe; each call may block. A service that there is none of is no_such_process, as in psutil.
class WinServices {
 public:
  virtual ~WinServices() = default;

  virtual Result<std::vector<model::WinService>> list(model::WinServiceAttributes attributes) const = 0;
  virtual Result<model::WinService> get(const std::string& name, model::WinServiceAttributes attributes) const = 0;

  // Each waits until the service is what it is to be, and fails with timeout_expired if the patience is over before.
  virtual Result<model::WinServiceChange> start(const std::string& name, const std::vector<std::string>& arguments,
                                                const model::Patience& patience) const = 0;
  // `dependents`: whether those that need it and run are stopped first, rather than make it fail.
  virtual Result<model::WinServiceChange> stop(const std::string& name, bool dependents,
                                               const model::Patience& patience) const = 0;
  virtual Result<model::WinServiceChange> restart(const std::string& name, bool dependents,
                                                  const model::Patience& patience) const = 0;
  virtual Result<model::WinServiceChange> pause(const std::string& name, const model::Patience& patience) const = 0;
  virtual Result<model::WinServiceChange> resume(const std::string& name, const model::Patience& patience) const = 0;
  // Gives how it was started before; empty if that has no name here.
  virtual Result<std::optional<gen::WinServiceStartType>> set_start_type(const std::string& name,
                                                                         gen::WinServiceStartType type) const = 0;
};

}  // namespace hostscope
