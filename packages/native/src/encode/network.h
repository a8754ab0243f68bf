// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/network.gen.h"
#include "model/counters.h"
#include "model/network.h"

namespace hostscope::encode {

void net_connection(const model::NetConnection& in, gen::NetConnectionWriter& out);
// All but the name.
void net_io_counters(const model::Counters& in, gen::NetIoCountersWriter& out);
void net_if_addrs(const model::NetIfAddrs& in, gen::NetIfAddrsWriter& out);
void net_if_stats(const model::NetIfStats& in, gen::NetIfStatsWriter& out);

}  // namespace hostscope::encode
