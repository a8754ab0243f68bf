// SPDX-License-Identifier: Apache-2.0
#include "encode/network.h"

namespace hostscope::encode {

using model::NetCounter;

namespace {

void address(const model::SocketAddress& in, gen::SocketAddressWriter& out) {
  if (in.ip) out.ip(*in.ip);
  if (in.port) out.port(*in.port);
  if (in.path) out.path(*in.path);
}

}  // namespace

void net_connection(const model::NetConnection& in, gen::NetConnectionWriter& out) {
  if (in.fd) out.fd(*in.fd);
  out.family(in.family);
  out.type(in.type);
  if (in.laddr) out.laddr([&](auto& w) { address(*in.laddr, w); });
  if (in.raddr) out.raddr([&](auto& w) { address(*in.raddr, w); });
  out.status(in.status);
  if (in.pid) out.pid(*in.pid);
}

void net_io_counters(const model::Counters& in, gen::NetIoCountersWriter& out) {
  out.bytes_sent(in[NetCounter::kBytesSent].value_or(0));
  out.bytes_recv(in[NetCounter::kBytesRecv].value_or(0));
  out.packets_sent(in[NetCounter::kPacketsSent].value_or(0));
  out.packets_recv(in[NetCounter::kPacketsRecv].value_or(0));
  out.errin(in[NetCounter::kErrIn].value_or(0));
  out.errout(in[NetCounter::kErrOut].value_or(0));
  out.dropin(in[NetCounter::kDropIn].value_or(0));
  if (const auto value = in[NetCounter::kDropOut]) out.dropout(*value);
}

void net_if_addrs(const model::NetIfAddrs& in, gen::NetIfAddrsWriter& out) {
  out.name(in.name);
  for (const auto& addr : in.addrs) {
    out.addrs([&](auto& w) {
      w.family(addr.family);
      if (addr.address) w.address(*addr.address);
      if (addr.netmask) w.netmask(*addr.netmask);
      if (addr.broadcast) w.broadcast(*addr.broadcast);
      if (addr.ptp) w.ptp(*addr.ptp);
    });
  }
}

void net_if_stats(const model::NetIfStats& in, gen::NetIfStatsWriter& out) {
  out.name(in.name);
  out.isup(in.isup);
  if (in.duplex) out.duplex(*in.duplex);
  if (in.speed) out.speed(*in.speed);
  out.mtu(in.mtu);
  for (const auto flag : in.flags) out.flags(flag);
}

}  // namespace hostscope::encode
