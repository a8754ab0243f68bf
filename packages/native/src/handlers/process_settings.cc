// SPDX-License-Identifier: Apache-2.0
// Priorities, CPUs and limits of one process.
#include "dispatch.h"
#include "handlers/mutation.h"

namespace hostscope {
namespace {

using gen::Method;

// Holds the process that the request is about and answers with how surely `set` met it.
template <class Request, class ResponseWriter, class Set>
Result<void> set_on_target(const Collector& collector, const Grant& grant, const Request& request, ResponseWriter& out,
                           Set&& set) {
  auto held = hold_target(collector, grant, request);
  if (!held) return std::move(held.status());
  const Result<gen::Guarantee> guarantee = set(**held);
  if (!guarantee) return guarantee.status();
  out.guarantee(*guarantee);
  return {};
}

Threads threads_of(bool all) { return all ? Threads::kAll : Threads::kFirst; }

Result<void> set_nice(const Collector& collector, const Grant& grant, const gen::SetNiceRequest& request,
                      gen::SetNiceResponseWriter& out) {
  if (!request.nice) return Status::invalid_argument("nice", "is required");
  return set_on_target(collector, grant, request, out, [&](HeldProcess& held) {
    return held.set_nice(*request.nice, threads_of(request.all_threads));
  });
}

Result<void> set_ionice(const Collector& collector, const Grant& grant, const gen::SetIoniceRequest& request,
                        gen::SetIoniceResponseWriter& out) {
  if (!request.ionice) return Status::invalid_argument("ionice", "is required");
  return set_on_target(collector, grant, request, out, [&](HeldProcess& held) {
    return held.set_ionice(*request.ionice, threads_of(request.all_threads));
  });
}

Result<void> set_cpu_affinity(const Collector& collector, const Grant& grant, const gen::SetCpuAffinityRequest& request,
                              gen::SetCpuAffinityResponseWriter& out) {
  std::vector<std::uint32_t> taken;
  auto done = set_on_target(collector, grant, request, out, [&](HeldProcess& held) {
    return held.set_cpu_affinity(request.cpus, threads_of(request.all_threads), taken);
  });
  if (done) out.cpus(taken);
  return done;
}

Result<void> set_rlimit(const Collector& collector, const Grant& grant, const gen::SetRlimitRequest& request,
                        gen::SetRlimitResponseWriter& out) {
  if (!request.limits) return Status::invalid_argument("limits", "are required");
  return set_on_target(collector, grant, request, out, [&](HeldProcess& held) {
    return held.set_limit(request.resource, {request.limits->soft, request.limits->hard});
  });
}

}  // namespace

void add_process_settings_handlers(Handlers& handlers) {
  handlers.unary<gen::SetNiceRequest, gen::SetNiceResponseWriter>(Method::kProcessSetNice, Lane::kPool, set_nice);
  handlers.unary<gen::SetIoniceRequest, gen::SetIoniceResponseWriter>(Method::kProcessSetIonice, Lane::kPool,
                                                                      set_ionice);
  handlers.unary<gen::SetCpuAffinityRequest, gen::SetCpuAffinityResponseWriter>(Method::kProcessSetCpuAffinity,
                                                                                Lane::kPool, set_cpu_affinity);
  handlers.unary<gen::SetRlimitRequest, gen::SetRlimitResponseWriter>(Method::kProcessSetRlimit, Lane::kPool,
                                                                      set_rlimit);
}

}  // namespace hostscope
