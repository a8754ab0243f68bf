// SPDX-License-Identifier: Apache-2.0
// Where there are no named pipes of Windows' kind.
#include "pipe_server.h"

#include "collector.h"

namespace hostscope {

Result<std::unique_ptr<PipeServer>> serve_pipe(const PipeServerOptions&,
                                               std::function<void(std::unique_ptr<PipeConnection>)>) {
  return Status::unsupported("a named pipe", platform_name());
}

Result<PipePeer> own_identity() { return Status::unsupported("an identity of Windows", platform_name()); }

}  // namespace hostscope
