// SPDX-License-Identifier: Apache-2.0
// Named pipes of Windows: what it takes to serve one to those who may, and to know who they are.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"

namespace hostscope {

// Who has opened the other end, by Windows' word. Names are texts such as "S-1-5-18".
struct PipePeer {
  std::string user;
  std::vector<std::string> groups;
  // For logs only: the process may have ended, and its pid may be another's.
  std::optional<std::int64_t> pid;
};

// One end of one connection.
class PipeConnection {
 public:
  virtual ~PipeConnection() = default;
  // Gives the connection to the JavaScript engine, as the number of a descriptor of its own. Once.
  virtual Result<int> descriptor() = 0;
  // Only after something was read from it: Windows does not tell before.
  virtual Result<PipePeer> peer() = 0;
};

class PipeServer {
 public:
  virtual ~PipeServer() = default;  // takes no more connections
};

struct PipeServerOptions {
  std::string name;   // "\\.\pipe\..."
  std::string group;  // SID of those who may connect besides this user, administrators and the system; or none
};

// Fails if somebody serves that name already. `connected` is called on a thread of its own.
Result<std::unique_ptr<PipeServer>> serve_pipe(const PipeServerOptions& options,
                                               std::function<void(std::unique_ptr<PipeConnection>)> connected);

// SIDs of this process's user and groups.
Result<PipePeer> own_identity();

}  // namespace hostscope
