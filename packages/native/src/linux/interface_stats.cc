// SPDX-License-Identifier: Apache-2.0
#include "linux/interface_stats.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include "core/unique_fd.h"

namespace hostscope::linux_os {
namespace {

struct NamedFlag {
  unsigned flag;
  std::string_view name;
};

constexpr NamedFlag kFlags[] = {
    {IFF_UP, "up"},
    {IFF_BROADCAST, "broadcast"},
    {IFF_DEBUG, "debug"},
    {IFF_LOOPBACK, "loopback"},
    {IFF_POINTOPOINT, "pointopoint"},
    {IFF_NOTRAILERS, "notrailers"},
    {IFF_RUNNING, "running"},
    {IFF_NOARP, "noarp"},
    {IFF_PROMISC, "promisc"},
    {IFF_ALLMULTI, "allmulti"},
    {IFF_MASTER, "master"},
    {IFF_SLAVE, "slave"},
    {IFF_MULTICAST, "multicast"},
    {IFF_PORTSEL, "portsel"},
    {IFF_AUTOMEDIA, "automedia"},
    {IFF_DYNAMIC, "dynamic"},
};

// Of the kernel, for drivers that do not know; in the headers since 4.6 under another name.
constexpr std::uint32_t kUnknownSpeed = 0xFFFFFFFF;

// Asks the kernel about one interface.
class Interface {
 public:
  Interface(int socket, const std::string& name) : socket_(socket) {
    std::memcpy(request_.ifr_name, name.data(), name.size());
  }

  // 0, or an errno.
  int ask(unsigned long what) { return ::ioctl(socket_, what, &request_) == 0 ? 0 : errno; }
  unsigned flags() const { return static_cast<unsigned short>(request_.ifr_flags); }
  int mtu() const { return request_.ifr_mtu; }
  void set_data(void* data) { request_.ifr_data = static_cast<char*>(data); }

 private:
  const int socket_;
  ifreq request_{};
};

void fill_link(const ethtool_cmd& link, model::NetIfStats& stats) {
  if (link.duplex == DUPLEX_FULL) stats.duplex = gen::NicDuplex::kFull;
  if (link.duplex == DUPLEX_HALF) stats.duplex = gen::NicDuplex::kHalf;
  const auto speed = ethtool_cmd_speed(&link);
  if (speed != 0 && speed != kUnknownSpeed && speed <= INT_MAX) stats.speed = speed;
}

// 0, or the errno of what every interface has.
int read_interface(int socket, const std::string& name, model::NetIfStats& stats) {
  Interface interface(socket, name);
  if (const int error = interface.ask(SIOCGIFFLAGS)) return error;
  const auto flags = interface.flags();
  stats.isup = (flags & IFF_RUNNING) != 0;
  stats.flags = flag_names(flags);
  if (const int error = interface.ask(SIOCGIFMTU)) return error;
  stats.mtu = static_cast<std::uint32_t>(interface.mtu());
  ethtool_cmd link{};
  link.cmd = ETHTOOL_GSET;
  interface.set_data(&link);
  const int error = interface.ask(SIOCETHTOOL);
  if (error == 0) fill_link(link, stats);
  // Anything else is a driver that has no such thing, or not now.
  return error == ENODEV ? error : 0;
}

}  // namespace

std::vector<std::string_view> flag_names(unsigned flags) {
  std::vector<std::string_view> names;
  for (const auto& [flag, name] : kFlags) {
    if ((flags & flag) != 0) names.push_back(name);
  }
  return names;
}

Result<std::vector<model::NetIfStats>> interface_stats(const NetNamespace& net, const std::vector<std::string>& names) {
  std::vector<model::NetIfStats> interfaces;
  int error = 0;
  const int not_entered = net.run([&] {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket) {
      error = errno;
      return;
    }
    for (const auto& name : names) {
      if (name.size() >= IFNAMSIZ) continue;
      model::NetIfStats stats{.name = name};
      error = read_interface(socket.get(), name, stats);
      if (error == 0) interfaces.push_back(std::move(stats));
      if (error != 0 && error != ENODEV) return;
      error = 0;
    }
  });
  if (not_entered != 0) return Status::os("enter the host's network namespace", not_entered);
  if (error != 0) return Status::os("ask for the state of interfaces", error);
  return interfaces;
}

}  // namespace hostscope::linux_os
