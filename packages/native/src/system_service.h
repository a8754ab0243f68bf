// SPDX-License-Identifier: Apache-2.0
// This program as a service of Windows' own manager: registered, started by it, and told by it to stop.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"

namespace hostscope {

struct ServiceDefinition {
  std::string name, display_name, description;
  std::vector<std::string> command;     // program first; quoted as Windows splits it
  std::string account;                  // e.g. "NT AUTHORITY\\LocalService"
  std::optional<std::string> password;  // for an account that has one
  bool automatic = true;                // started when the machine starts
  std::vector<std::string> privileges;  // all that it keeps of those that the account has
  std::string folder;                   // absolute; made for it, for nobody but it and administrators to write
};

// All that install_service() does, or nothing of it and a failure. Gives the names of settings that the system in
// Windows' place does not have; on Windows there are none.
Result<std::vector<std::string>> install_service(const ServiceDefinition& definition);
// Of a service that has stopped. Its folder stays.
Result<void> uninstall_service(const std::string& name);

enum class ServiceState { kStartPending, kRunning, kStopPending, kStopped };
enum class ServiceOrder { kStarted, kStop, kShutdown };

// What the manager says, from threads of its own.
struct ServiceListener {
  std::function<void(ServiceOrder)> order;
  std::function<void(Status)> failed;  // the manager did not start this process
};

// Answers the manager that started this process, once in its life. A pending state has to be reported again within
// `kServicePatience`: a process that is stuck tells the manager that it has failed, and ends.
inline constexpr std::chrono::seconds kServicePatience{20};
inline constexpr int kStuckExitCode = 70;
Result<void> run_as_service(const std::string& name, ServiceListener listener);
// `exit_code`: of one that has stopped; 0 is success.
Result<void> report_service(ServiceState state, int exit_code);

enum class EventLevel { kError, kWarning, kInformation };
// Writes to the system's own log, in the name of a service.
Result<void> report_event(const std::string& source, EventLevel level, std::uint32_t id, const std::string& text);

}  // namespace hostscope
