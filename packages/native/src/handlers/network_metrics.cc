// SPDX-License-Identifier: Apache-2.0
#include "encode/network.h"
#include "handlers/counter_metric.h"

namespace hostscope {
namespace {

using M = gen::SystemMetric;
using N = model::NetCounter;
using Out = gen::SystemWatchResponseWriter;

void write_rates(const DeviceActivity& nic, gen::NetIoRatesWriter& out) {
  const auto per_second = [&](N counter) { return rate((*nic.before)[counter], nic.now[counter], nic.seconds); };
  out.bytes_sent(per_second(N::kBytesSent).value_or(0));
  out.bytes_recv(per_second(N::kBytesRecv).value_or(0));
  out.packets_sent(per_second(N::kPacketsSent).value_or(0));
  out.packets_recv(per_second(N::kPacketsRecv).value_or(0));
  out.errin(per_second(N::kErrIn).value_or(0));
  out.errout(per_second(N::kErrOut).value_or(0));
  out.dropin(per_second(N::kDropIn).value_or(0));
  if (const auto dropped = per_second(N::kDropOut)) out.dropout(*dropped);
}

void write_activity(const DeviceActivity& nic, gen::NetIoActivityWriter& out) {
  out.counters([&](auto& w) {
    if (!nic.name.empty()) w.name(nic.name);
    encode::net_io_counters(nic.now, w);
  });
  if (nic.before && nic.seconds > 0) out.rates([&](auto& w) { write_rates(nic, w); });
}

Metric nic_counters(bool pernic) {
  return counter_metric(M::kNetIoCounters, &SharedReads::nics, [pernic](const CountedDevices& nics, Out& out) {
    out.net_io_counters([&](auto& watch) {
      if (nics.total) watch.total([&](auto& w) { write_activity(*nics.total, w); });
      if (!pernic) return;
      for (const auto& nic : nics.each) watch.nics([&](auto& w) { write_activity(nic, w); });
    });
  });
}

Metric if_addrs() {
  return pool_metric(M::kNetIfAddrs, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto nics = collector.net_if_addrs();
    if (!nics) return std::move(nics.status());
    out.net_if_addrs([&](auto& watch) {
      for (const auto& nic : *nics) watch.nics([&](auto& w) { encode::net_if_addrs(nic, w); });
    });
    return {};
  });
}

Metric if_stats() {
  return pool_metric(M::kNetIfStats, false, [](const Collector& collector, Out& out) -> Result<void> {
    auto nics = collector.net_if_stats();
    if (!nics) return std::move(nics.status());
    out.net_if_stats([&](auto& watch) {
      for (const auto& nic : *nics) watch.nics([&](auto& w) { encode::net_if_stats(nic, w); });
    });
    return {};
  });
}

}  // namespace

std::optional<Metric> network_metric(M metric, bool pernic) {
  switch (metric) {
    case M::kNetIoCounters:
      return nic_counters(pernic);
    case M::kNetIfAddrs:
      return if_addrs();
    case M::kNetIfStats:
      return if_stats();
    default:
      return std::nullopt;
  }
}

}  // namespace hostscope
