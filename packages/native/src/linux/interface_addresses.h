// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ifaddrs.h>

#include <vector>

#include "core/result.h"
#include "linux/net_namespace.h"
#include "model/network.h"

namespace hostscope::linux_os {

// The list of getifaddrs() by interface, the addresses of each by family: IPv4, IPv6, hardware.
std::vector<model::NetIfAddrs> addresses_of(const ifaddrs* list);

// The addresses of every interface of the namespace.
Result<std::vector<model::NetIfAddrs>> interface_addresses(const NetNamespace& net);

}  // namespace hostscope::linux_os
