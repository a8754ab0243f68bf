// SPDX-License-Identifier: Apache-2.0
// Services, asked of the service control manager each time anew.
#pragma once

#include <string>
#include <vector>

#include "win_services.h"

namespace hostscope::windows_os {

class ServiceManager : public WinServices {
 public:
  Result<std::vector<model::WinService>> list(model::WinServiceAttributes attributes) const override;
  Result<model::WinService> get(const std::string& name, model::WinServiceAttributes attributes) const override;
  Result<model::WinServiceChange> start(const std::string& name, const std::vector<std::string>& arguments,
                                        const model::Patience& patience) const override;
  Result<model::WinServiceChange> stop(const std::string& name, bool dependents,
                                       const model::Patience& patience) const override;
  Result<model::WinServiceChange> restart(const std::string& name, bool dependents,
                                          const model::Patience& patience) const override;
  Result<model::WinServiceChange> pause(const std::string& name, const model::Patience& patience) const override;
  Result<model::WinServiceChange> resume(const std::string& name, const model::Patience& patience) const override;
  Result<std::optional<gen::WinServiceStartType>> set_start_type(const std::string& name,
                                                                 gen::WinServiceStartType type) const override;
};

// Windows' numbers as ours; empty for those that have no name here.
std::optional<gen::WinServiceStatus> service_status(unsigned long state);
std::optional<gen::WinServiceStartType> start_type(unsigned long type);

}  // namespace hostscope::windows_os
