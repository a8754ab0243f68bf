// SPDX-License-Identifier: Apache-2.0
// Leases are kept in front of this collector, which stops and resumes; here they only have their place among the
// methods that work.
#include "dispatch.h"

namespace hostscope {

void add_process_lease_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessSuspendLeased, Lane::kAsync, [](const Context&, const CallPtr& call) {
    call->fail(Status::internal("leases are kept in front of the collector"));
  });
}

}  // namespace hostscope
