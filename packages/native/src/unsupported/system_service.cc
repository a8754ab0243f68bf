// SPDX-License-Identifier: Apache-2.0
// Where services are none of Windows'.
#include "system_service.h"

#include "collector.h"

namespace hostscope {
namespace {

Status unsupported() { return Status::unsupported("a Windows service", platform_name()); }

}  // namespace

Result<std::vector<std::string>> install_service(const ServiceDefinition&) { return unsupported(); }
Result<void> uninstall_service(const std::string&) { return unsupported(); }
Result<void> run_as_service(const std::string&, ServiceListener) { return unsupported(); }
Result<void> report_service(ServiceState, int) { return unsupported(); }
Result<void> report_event(const std::string&, EventLevel, std::uint32_t, const std::string&) { return unsupported(); }

}  // namespace hostscope
