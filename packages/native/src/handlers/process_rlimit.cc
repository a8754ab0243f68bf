// SPDX-License-Identifier: Apache-2.0
#include "dispatch.h"
#include "gen/process_control.gen.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

Result<void> answer(ProcessRows& rows, ReadGuard& guard, const gen::ProcessRef& ref, gen::RlimitResource resource) {
  auto found = rows.reader->limits(ref.pid, guard);
  if (!found) return std::move(found.status());
  if (!same_process(ref, found->ref)) return Status::pid_reused(ref.pid);
  const auto& limit = found->limits[resource];
  if (!limit) return Status::unsupported("", platform_name());
  gen::RlimitResponseWriter out(rows.bytes);
  out.limits([&](auto& w) {
    if (limit->soft) w.soft(*limit->soft);
    if (limit->hard) w.hard(*limit->hard);
  });
  return {};
}

void rlimit(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::RlimitRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  const auto resource = request->resource;
  if (resource == gen::RlimitResource::kUnspecified || !gen::is_known(resource)) {
    return call->fail(Status::invalid_argument("resource", "is not one of the resources that can be limited"));
  }
  answer_about_process(context, call, ref->pid, [ref = *ref, resource](ProcessRows& rows, ReadGuard& guard) {
    return answer(rows, guard, ref, resource);
  });
}

}  // namespace

void add_process_rlimit_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessRlimit, Lane::kAsync, rlimit);
}

}  // namespace hostscope
