// SPDX-License-Identifier: Apache-2.0
#include "encode/host.h"

#include <vector>

#include "dispatch.h"
#include "handlers/moment.h"

namespace hostscope {
namespace {

using gen::Method;

Result<void> users(const Collector& collector, const gen::UsersRequest&, gen::UsersResponseWriter& out) {
  const Moment begin;
  auto users = collector.users();
  if (!users) return std::move(users.status());
  out.sample([&](auto& w) { begin.write(w); });
  for (const auto& user : *users) out.users([&](auto& w) { encode::user(user, w); });
  return {};
}

std::vector<gen::ProcessAttribute> ascending(model::AttributeSet set) {
  std::vector<gen::ProcessAttribute> attributes;
  set.for_each([&](auto attribute) { attributes.push_back(attribute); });
  return attributes;
}

void host_info(const Context& context, const CallPtr& call) {
  if (!parse_request<gen::HostInfoRequest>(call)) return;
  const auto host = context.collector->host_info();
  if (!host) return call->fail(host.status());
  wire::Writer bytes;
  gen::HostInfoResponseWriter out(bytes);
  out.sample([](auto& w) { Moment().write(w); });
  out.host_info([&](auto& w) {
    encode::host_info(*host, w);
    w.agent_version(HOSTSCOPE_VERSION);
    for (const auto name : *context.methods) w.methods(name);
    w.process_attributes(ascending(context.collector->process_attributes()));
  });
  call->finish(bytes.take_buffer());
}

}  // namespace

void add_host_handlers(Handlers& handlers) {
  // Both read files of the host's disk.
  handlers.unary<gen::UsersRequest, gen::UsersResponseWriter>(Method::kSystemUsers, Lane::kPool, users);
  handlers.add(Method::kSystemHostInfo, Lane::kPool, host_info);
}

}  // namespace hostscope
