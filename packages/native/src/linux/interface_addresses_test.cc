// sources: all
// SPDX-License-Identifier: Apache-2.0
#include "linux/interface_addresses.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netpacket/packet.h>

#include <cstddef>
#include <cstring>
#include <deque>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using gen::AddressFamily;

namespace {

// Room for any address, as the C library gives it.
union Address {
  sockaddr any;
  sockaddr_in ip4;
  sockaddr_in6 ip6;
  unsigned char bytes[64];
};

// A list as getifaddrs() makes it.
class List {
 public:
  ifaddrs& add(const char* name, unsigned flags, sockaddr* address) {
    auto& entry = entries_.emplace_back();
    entry.ifa_name = const_cast<char*>(name);
    entry.ifa_flags = flags;
    entry.ifa_addr = address;
    if (entries_.size() > 1) entries_[entries_.size() - 2].ifa_next = &entry;
    return entry;
  }
  sockaddr* ip4(const char* text, sa_family_t family = AF_INET) {
    auto& address = addresses_.emplace_back();
    CHECK(::inet_pton(AF_INET, text, &address.ip4.sin_addr) == 1);
    address.any.sa_family = family;
    return &address.any;
  }
  sockaddr* ip6(const char* text, std::uint32_t scope = 0) {
    auto& address = addresses_.emplace_back();
    CHECK(::inet_pton(AF_INET6, text, &address.ip6.sin6_addr) == 1);
    address.any.sa_family = AF_INET6;
    address.ip6.sin6_scope_id = scope;
    return &address.any;
  }
  sockaddr* hardware(std::uint8_t size, std::uint8_t byte) {
    auto& address = addresses_.emplace_back();
    address.any.sa_family = AF_PACKET;
    address.bytes[offsetof(sockaddr_ll, sll_halen)] = size;
    std::memset(address.bytes + offsetof(sockaddr_ll, sll_addr), byte, std::min<std::size_t>(size, 40));
    return &address.any;
  }
  std::vector<model::NetIfAddrs> read() const { return addresses_of(entries_.empty() ? nullptr : &entries_.front()); }

 private:
  std::deque<ifaddrs> entries_;
  std::deque<Address> addresses_;
};

model::NetIfAddr only(const List& list) {
  const auto interfaces = list.read();
  CHECK(interfaces.size() == 1 && interfaces[0].addrs.size() == 1);
  return interfaces[0].addrs[0];
}

model::NetIfAddr ip4(unsigned flags, const char* address, const char* mask, const char* other) {
  List list;
  auto& entry = list.add("eth0", flags, list.ip4(address));
  entry.ifa_netmask = list.ip4(mask, 0);  // some kernels leave the family of a mask out
  if (other != nullptr) entry.ifa_broadaddr = list.ip4(other);
  return only(list);
}

void orders_by_interface_and_family() {
  List list;
  list.add("lo", IFF_LOOPBACK, list.hardware(6, 0));
  list.add("eth0", IFF_BROADCAST, list.hardware(6, 0xAB));
  list.add("lo", IFF_LOOPBACK, list.ip6("::1"));
  list.add("lo", IFF_LOOPBACK, list.ip4("127.0.0.1"));
  list.add("lo", IFF_LOOPBACK, list.ip4("127.0.0.2"));
  const auto interfaces = list.read();
  CHECK(interfaces.size() == 2 && interfaces[0].name == "lo" && interfaces[1].name == "eth0");
  const auto& addrs = interfaces[0].addrs;
  CHECK(addrs.size() == 4 && addrs[0].address == "127.0.0.1" && addrs[1].address == "127.0.0.2");
  CHECK(addrs[2].family == AddressFamily::kInet6 && addrs[2].address == "::1");
  CHECK(addrs[3].family == AddressFamily::kLink && addrs[3].address == "00:00:00:00:00:00");
  CHECK(addresses_of(nullptr).empty());
}

void tells_broadcast_from_the_other_end() {
  auto address = ip4(IFF_BROADCAST, "10.0.0.1", "255.255.255.0", "10.0.0.255");
  CHECK(address.netmask == "255.255.255.0" && address.broadcast == "10.0.0.255" && !address.ptp);
  address = ip4(IFF_BROADCAST, "10.0.0.1", "255.255.255.0", "10.0.0.1");
  CHECK(!address.broadcast && !address.ptp);
  address = ip4(IFF_BROADCAST, "10.0.0.1", "255.255.255.255", "10.0.0.1");
  CHECK(!address.broadcast && !address.ptp);
  address = ip4(IFF_BROADCAST, "10.0.0.1", "255.255.255.255", "10.0.0.2");
  CHECK(!address.broadcast && address.ptp == "10.0.0.2");
  address = ip4(IFF_POINTOPOINT, "10.0.0.1", "255.255.255.255", "10.0.0.2");
  CHECK(!address.broadcast && address.ptp == "10.0.0.2");
  address = ip4(IFF_LOOPBACK, "127.0.0.1", "255.0.0.0", "127.0.0.1");
  CHECK(!address.broadcast && !address.ptp);
  address = ip4(IFF_BROADCAST, "10.0.0.1", "255.255.255.0", nullptr);
  CHECK(!address.broadcast && !address.ptp);
}

void gives_scopes_to_addresses_of_the_link() {
  List list;
  list.add("eth0", IFF_BROADCAST, list.ip6("fe80::1", 7)).ifa_netmask = list.ip6("ffff:ffff::");
  auto address = only(list);
  CHECK(address.address == "fe80::1%eth0" && address.netmask == "ffff:ffff::" && !address.broadcast);
  List global;
  auto& entry = global.add("eth0", IFF_BROADCAST, global.ip6("fd00::1", 7));
  entry.ifa_dstaddr = global.ip6("fd00::2");
  address = only(global);
  CHECK(address.address == "fd00::1" && address.ptp == "fd00::2" && !address.broadcast);
}

void writes_hardware_addresses_of_any_size() {
  const auto text = [](std::uint8_t size) {
    List list;
    list.add("ib0", IFF_BROADCAST, list.hardware(size, 0xAF)).ifa_broadaddr = list.hardware(size, 0xFF);
    return only(list);
  };
  CHECK(text(6).address == "af:af:af:af:af:af" && text(6).broadcast == "ff:ff:ff:ff:ff:ff");
  CHECK(text(4).address == "af:af:af:af:00:00");
  CHECK(text(20).address->size() == 59 && text(20).broadcast->size() == 59);
  CHECK(text(0).family == AddressFamily::kNone && !text(0).address);
  CHECK(!text(255).address);
}

void lists_interfaces_without_address() {
  List list;
  list.add("tun0", IFF_POINTOPOINT, nullptr);
  CHECK(only(list).family == AddressFamily::kNone && !only(list).address);
  List odd;
  sockaddr other{};
  other.sa_family = AF_UNIX;
  odd.add("odd0", IFF_BROADCAST, &other);
  CHECK(only(odd).family == AddressFamily::kNone);
}

}  // namespace

int main() {
  orders_by_interface_and_family();
  tells_broadcast_from_the_other_end();
  gives_scopes_to_addresses_of_the_link();
  writes_hardware_addresses_of_any_size();
  lists_interfaces_without_address();
}
