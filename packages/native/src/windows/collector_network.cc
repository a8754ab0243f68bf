// SPDX-License-Identifier: Apache-2.0
// The collector's methods about network interfaces.
#include <algorithm>
#include <cstring>
#include <limits>

#include "windows/adapters.h"
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope::windows_os {
namespace {

bool read_row(const IP_ADAPTER_ADDRESSES& adapter, MIB_IF_ROW2& row) {
  row = {};
  row.InterfaceLuid = adapter.Luid;
  row.InterfaceIndex = adapter.IfIndex;
  return ::GetIfEntry2(&row) == NO_ERROR;
}

std::string hardware_address(const IP_ADAPTER_ADDRESSES& adapter) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (ULONG i = 0; i < std::min<ULONG>(adapter.PhysicalAddressLength, MAX_ADAPTER_ADDRESS_LENGTH); ++i) {
    if (i > 0) text.push_back('-');
    text.push_back(kDigits[adapter.PhysicalAddress[i] >> 4]);
    text.push_back(kDigits[adapter.PhysicalAddress[i] & 0xF]);
  }
  return text;
}

model::NetIfAddr ipv4_address(const SOCKADDR& address, unsigned prefix) {
  model::NetIfAddr out{.family = gen::AddressFamily::kInet};
  const auto& in = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
  out.address = ip_text(AF_INET, &in);
  if (prefix > 32) return out;
  const std::uint32_t mask = prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix);
  const std::uint32_t network_mask = ::htonl(mask), broadcast = in.s_addr | ~network_mask;
  out.netmask = ip_text(AF_INET, &network_mask);
  // A network of one or two addresses has none.
  if (prefix < 31) out.broadcast = ip_text(AF_INET, &broadcast);
  return out;
}

model::NetIfAddr ipv6_address(const SOCKADDR& address, unsigned prefix) {
  model::NetIfAddr out{.family = gen::AddressFamily::kInet6};
  out.address = ip_text(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  if (prefix > 128) return out;
  unsigned char mask[16]{};
  for (unsigned bit = 0; bit < prefix; ++bit) mask[bit / 8] |= static_cast<unsigned char>(0x80 >> bit % 8);
  out.netmask = ip_text(AF_INET6, mask);
  return out;
}

model::NetIfAddrs addresses_of(const IP_ADAPTER_ADDRESSES& adapter) {
  model::NetIfAddrs out{.name = utf8(adapter.FriendlyName), .addrs = {}};
  for (const auto* one = adapter.FirstUnicastAddress; one != nullptr; one = one->Next) {
    const auto* const address = one->Address.lpSockaddr;
    if (address == nullptr) continue;
    if (address->sa_family == AF_INET) out.addrs.push_back(ipv4_address(*address, one->OnLinkPrefixLength));
    if (address->sa_family == AF_INET6) out.addrs.push_back(ipv6_address(*address, one->OnLinkPrefixLength));
  }
  if (adapter.PhysicalAddressLength > 0) {
    out.addrs.push_back({.family = gen::AddressFamily::kLink, .address = hardware_address(adapter)});
  }
  std::stable_sort(out.addrs.begin(), out.addrs.end(),
                   [](const auto& a, const auto& b) { return a.family < b.family; });
  return out;
}

}  // namespace

Result<std::vector<model::NamedCounters>> WindowsCollector::net_counters() const {
  using model::NetCounter;
  std::vector<model::NamedCounters> rows;
  auto done = for_each_adapter([&](const IP_ADAPTER_ADDRESSES& adapter) {
    MIB_IF_ROW2 in;
    if (!read_row(adapter, in)) return;  // it was removed meanwhile
    model::NamedCounters row{.name = utf8(adapter.FriendlyName), .counters = {}, .in_total = true};
    row.counters[NetCounter::kBytesSent] = in.OutOctets;
    row.counters[NetCounter::kBytesRecv] = in.InOctets;
    row.counters[NetCounter::kPacketsSent] = in.OutUcastPkts + in.OutNUcastPkts;
    row.counters[NetCounter::kPacketsRecv] = in.InUcastPkts + in.InNUcastPkts;
    row.counters[NetCounter::kErrIn] = in.InErrors;
    row.counters[NetCounter::kErrOut] = in.OutErrors;
    row.counters[NetCounter::kDropIn] = in.InDiscards;
    row.counters[NetCounter::kDropOut] = in.OutDiscards;
    rows.push_back(std::move(row));
  });
  if (!done) return std::move(done.status());
  return rows;
}

Result<std::vector<model::NetIfAddrs>> WindowsCollector::net_if_addrs() const {
  std::vector<model::NetIfAddrs> interfaces;
  auto done = for_each_adapter([&](const auto& adapter) { interfaces.push_back(addresses_of(adapter)); });
  if (!done) return std::move(done.status());
  return interfaces;
}

Result<std::vector<model::NetIfStats>> WindowsCollector::net_if_stats() const {
  std::vector<model::NetIfStats> interfaces;
  auto done = for_each_adapter([&](const IP_ADAPTER_ADDRESSES& adapter) {
    MIB_IF_ROW2 in;
    if (!read_row(adapter, in)) return;
    model::NetIfStats out{.name = utf8(adapter.FriendlyName)};
    out.isup = in.OperStatus == IfOperStatusUp && in.AdminStatus == NET_IF_ADMIN_STATUS_UP;
    const bool knows_speed = in.TransmitLinkSpeed != 0 && in.TransmitLinkSpeed != std::numeric_limits<ULONG64>::max();
    if (knows_speed) out.speed = in.TransmitLinkSpeed / 1'000'000;
    out.mtu = static_cast<std::uint32_t>(in.Mtu);
    interfaces.push_back(std::move(out));
  });
  if (!done) return std::move(done.status());
  return interfaces;
}

Result<std::shared_ptr<const SocketList>> WindowsCollector::socket_list(gen::ConnectionKind kind, ReadGuard&) const {
  auto rows = read_sockets(model::tables_of(kind));
  if (!rows) return std::move(rows.status());
  return std::shared_ptr<const SocketList>(std::make_shared<WindowsSocketList>(std::move(*rows)));
}

std::shared_ptr<SharedSockets> WindowsCollector::shared_sockets(gen::ConnectionKind kind) const {
  return std::make_shared<WindowsSharedSockets>(kind);
}

}  // namespace hostscope::windows_os
