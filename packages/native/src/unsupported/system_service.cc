// SPDX-License-Identifier: Apache-2.0
// Where services are none of Windows'.
#include "system_service.h"

#include "collector.h"

namespace hostscope {
namespace {

Status no_services() { return Status::unsupported("a Windows service", platform_name()); }

}  // namespace

Result<std::vector<std::string>> install_service(const ServiceDefinition&) { return no_services(); }
Result<void> uninstall_service(const std::string&) { return no_services(); }
Result<void> run_as_service(const std::string&, ServiceListener) { return no_services(); }
Result<void> report_service(ServiceState, int) { return no_services(); }
Result<void> report_event(const std::string&, EventLevel, std::uint32_t, const std::string&) { return no_services(); }

}  // namespace hostscope
