// SPDX-License-Identifier: Apache-2.0
#include "encode/win_service.h"

namespace hostscope::encode {

void win_service(const model::WinService& in, gen::WindowsServiceWriter& out) {
  out.name(in.name);
  out.display_name(in.display_name);
  for (const auto& failure : in.failures) {
    out.failures([&](auto& w) {
      w.attribute(failure.attribute);
      w.outcome(failure.outcome);
      if (failure.os_error != 0) w.os_error(failure.os_error);
    });
  }
  if (in.binpath) out.binpath(*in.binpath);
  if (in.username) out.username(*in.username);
  if (in.start_type) out.start_type(*in.start_type);
  if (in.status) out.status(*in.status);
  if (in.pid) out.pid(*in.pid);
  if (in.description) out.description(*in.description);
}

}  // namespace hostscope::encode
