// SPDX-License-Identifier: Apache-2.0
// The backend of an OS that has no folder of its own yet.
#include "core/clock.h"
#include "peer_credentials.h"
#include "unsupported/collector.h"

namespace hostscope {

std::unique_ptr<Collector> make_collector(const Roots&, std::vector<std::string>) {
  return std::make_unique<UnsupportedCollector>();
}

std::string_view platform_name() { return HOSTSCOPE_PLATFORM; }

Result<PeerCredentials> peer_credentials(int) {
  return Status::unsupported("reading the credentials of a socket's peer", platform_name());
}

// Without the time that the machine slept: the C++ library knows no better.
std::uint64_t core::boottime_ns() { return core::monotonic_ns(); }

}  // namespace hostscope
