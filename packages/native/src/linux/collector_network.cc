// SPDX-License-Identifier: Apache-2.0
// The collector's methods about network interfaces, all in the network namespace of the host that is watched.
#include <string>

#include "linux/collector.h"
#include "linux/interface_addresses.h"
#include "linux/interface_stats.h"
#include "linux/net_dev.h"

namespace hostscope::linux_os {

Result<std::vector<model::NamedCounters>> LinuxCollector::net_counters() const {
  FileReader reader;
  const auto text = read_proc(reader, (context_->net.folder() + "/dev").c_str());
  if (!text) return text.status();
  auto rows = parse_net_dev(*text);
  if (rows.empty() && !text->starts_with("Inter-|")) {
    return Status{.reason = ErrorReason::kOsError, .message = "net/dev of procfs has no line that can be read"};
  }
  return rows;
}

Result<std::vector<model::NetIfAddrs>> LinuxCollector::net_if_addrs() const {
  return interface_addresses(context_->net);
}

Result<std::vector<model::NetIfStats>> LinuxCollector::net_if_stats() const {
  const auto rows = net_counters();
  if (!rows) return rows.status();
  std::vector<std::string> names;
  for (const auto& row : *rows) names.push_back(row.name);
  return interface_stats(context_->net, names);
}

}  // namespace hostscope::linux_os
