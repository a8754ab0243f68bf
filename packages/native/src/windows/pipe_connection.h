// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipe_server.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// The server's end of one connection, until the engine has it; and after that a handle of our own to ask by.
class OpenPipe : public PipeConnection {
 public:
  explicit OpenPipe(UniqueHandle pipe) : pipe_(std::move(pipe)) {}

  Result<int> descriptor() override;
  Result<PipePeer> peer() override;

 private:
  UniqueHandle pipe_;
  bool given_ = false;
};

}  // namespace hostscope::windows_os
