// SPDX-License-Identifier: Apache-2.0
#include "linux/interface_addresses.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netpacket/packet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <unordered_map>

namespace hostscope::linux_os {
namespace {

using gen::AddressFamily;

struct FreeAddresses {
  void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

constexpr std::size_t kMacSize = 6;       // shorter hardware addresses are filled up, as psutil does
constexpr std::size_t kMaxHardware = 24;  // what the C library has room for; InfiniBand's take 20

std::optional<std::string> ip_text(int family, const void* address) {
  char text[INET6_ADDRSTRLEN];
  if (::inet_ntop(family, address, text, sizeof text) == nullptr) return std::nullopt;
  return text;
}

std::optional<std::string> hardware_text(const sockaddr* address) {
  std::uint8_t size = 0;
  std::memcpy(&size, reinterpret_cast<const char*>(address) + offsetof(sockaddr_ll, sll_halen), 1);
  if (size == 0 || size > kMaxHardware) return std::nullopt;
  std::array<unsigned char, kMaxHardware> bytes{};
  std::memcpy(bytes.data(), reinterpret_cast<const char*>(address) + offsetof(sockaddr_ll, sll_addr), size);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t at = 0; at < std::max<std::size_t>(size, kMacSize); ++at) {
    if (at > 0) text.push_back(':');
    text.push_back(kDigits[bytes[at] >> 4]);
    text.push_back(kDigits[bytes[at] & 0xF]);
  }
  return text;
}

// `family` is that of the interface's address: a mask's own may be missing.
std::optional<std::string> text_of(const sockaddr* address, int family, const char* interface) {
  if (address == nullptr) return std::nullopt;
  if (family == AF_INET) {
    return ip_text(family, reinterpret_cast<const char*>(address) + offsetof(sockaddr_in, sin_addr));
  }
  if (family == AF_PACKET) return hardware_text(address);
  sockaddr_in6 ip{};
  std::memcpy(&ip, address, sizeof ip);
  auto text = ip_text(family, &ip.sin6_addr);
  // Such an address means something on its link only.
  const bool is_local = IN6_IS_ADDR_LINKLOCAL(&ip.sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&ip.sin6_addr);
  if (text && is_local && ip.sin6_scope_id != 0) text->append("%").append(interface);
  return text;
}

AddressFamily family_of(int family) {
  switch (family) {
    case AF_INET:
      return AddressFamily::kInet;
    case AF_INET6:
      return AddressFamily::kInet6;
    case AF_PACKET:
      return AddressFamily::kLink;
    default:
      return AddressFamily::kNone;
  }
}

model::NetIfAddr address_of(const ifaddrs& entry) {
  if (entry.ifa_addr == nullptr) return {.family = AddressFamily::kNone};
  const int family = entry.ifa_addr->sa_family;
  model::NetIfAddr found{.family = family_of(family)};
  if (found.family == AddressFamily::kNone) return found;
  found.address = text_of(entry.ifa_addr, family, entry.ifa_name);
  if (!found.address) return {.family = AddressFamily::kNone};
  if (family != AF_PACKET) found.netmask = text_of(entry.ifa_netmask, family, entry.ifa_name);
  // Broadcast address and other end share a place. The interface's flags tell which it is, but not where there can be
  // no broadcast; and without either, the address itself is there.
  const auto other = text_of(entry.ifa_broadaddr, family, entry.ifa_name);
  if (!other || other == found.address) return found;
  const bool no_broadcast = family == AF_INET6 || found.netmask == "255.255.255.255";
  if ((entry.ifa_flags & IFF_BROADCAST) != 0 && !no_broadcast) {
    found.broadcast = other;
  } else if ((entry.ifa_flags & IFF_POINTOPOINT) != 0 || no_broadcast) {
    found.ptp = other;
  }
  return found;
}

}  // namespace

std::vector<model::NetIfAddrs> addresses_of(const ifaddrs* list) {
  std::vector<model::NetIfAddrs> interfaces;
  std::unordered_map<std::string, std::size_t> places;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_name == nullptr) continue;
    const auto [place, is_new] = places.try_emplace(entry->ifa_name, interfaces.size());
    if (is_new) interfaces.push_back({entry->ifa_name, {}});
    interfaces[place->second].addrs.push_back(address_of(*entry));
  }
  for (auto& [name, addrs] : interfaces) {
    std::stable_sort(addrs.begin(), addrs.end(), [](const auto& a, const auto& b) { return a.family < b.family; });
  }
  return interfaces;
}

Result<std::vector<model::NetIfAddrs>> interface_addresses(const NetNamespace& net) {
  ifaddrs* list = nullptr;
  int error = 0;
  const int not_entered = net.run([&] { error = ::getifaddrs(&list) == 0 ? 0 : errno; });
  const std::unique_ptr<ifaddrs, FreeAddresses> owner(list);
  if (not_entered != 0) return Status::os("enter the host's network namespace", not_entered);
  if (error != 0) return Status::os("list interface addresses", error);
  return addresses_of(list);
}

}  // namespace hostscope::linux_os
