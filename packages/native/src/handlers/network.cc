// SPDX-License-Identifier: Apache-2.0
#include "encode/network.h"

#include "dispatch.h"
#include "handlers/moment.h"
#include "handlers/shared_reads.h"

namespace hostscope {
namespace {

using gen::Method;

void net_io_counters(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::NetIoCountersRequest>(call);
  if (!request) return;
  context.shared->nics.read(context, call, request->nowrap.value_or(true),
                            [call, pernic = request->pernic](const auto& rows) {
                              wire::Writer bytes;
                              gen::NetIoCountersResponseWriter out(bytes);
                              out.sample([](auto& w) { Moment().write(w); });
                              if (const auto total = model::total_of(rows)) {
                                out.total([&](auto& w) { encode::net_io_counters(*total, w); });
                              }
                              for (const auto& [name, values, in_total] : rows) {
                                if (!pernic) break;
                                out.nics([&](auto& w) {
                                  w.name(name);
                                  encode::net_io_counters(values, w);
                                });
                              }
                              call->finish(bytes.take_buffer());
                            });
}

Result<void> net_if_addrs(const Collector& collector, const gen::NetIfAddrsRequest&,
                          gen::NetIfAddrsResponseWriter& out) {
  auto nics = collector.net_if_addrs();
  if (!nics) return std::move(nics.status());
  out.sample([](auto& w) { Moment().write(w); });
  for (const auto& nic : *nics) out.nics([&](auto& w) { encode::net_if_addrs(nic, w); });
  return {};
}

Result<void> net_if_stats(const Collector& collector, const gen::NetIfStatsRequest&,
                          gen::NetIfStatsResponseWriter& out) {
  auto nics = collector.net_if_stats();
  if (!nics) return std::move(nics.status());
  out.sample([](auto& w) { Moment().write(w); });
  for (const auto& nic : *nics) out.nics([&](auto& w) { encode::net_if_stats(nic, w); });
  return {};
}

}  // namespace

void add_network_handlers(Handlers& handlers) {
  // All of it is asked of drivers, which may sleep.
  handlers.add(Method::kSystemNetIoCounters, Lane::kAsync, net_io_counters);
  handlers.unary<gen::NetIfAddrsRequest, gen::NetIfAddrsResponseWriter>(Method::kSystemNetIfAddrs, Lane::kPool,
                                                                        net_if_addrs);
  handlers.unary<gen::NetIfStatsRequest, gen::NetIfStatsResponseWriter>(Method::kSystemNetIfStats, Lane::kPool,
                                                                        net_if_stats);
}

}  // namespace hostscope
