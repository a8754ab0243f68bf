// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/host.gen.h"
#include "model/host.h"

namespace hostscope::encode {

void user(const model::User& in, gen::UserWriter& out);
// What the operating system tells; the handler adds what hostscope itself knows.
void host_info(const model::HostInfo& in, gen::HostInfoWriter& out);

}  // namespace hostscope::encode
