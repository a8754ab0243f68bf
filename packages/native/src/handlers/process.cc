// SPDX-License-Identifier: Apache-2.0
#include "dispatch.h"
#include "handlers/process_get.h"
#include "handlers/process_list.h"
#include "handlers/process_query.h"

namespace hostscope {
namespace {

using gen::Method;

Result<void> pids(const Collector& collector, const gen::PidsRequest&, gen::PidsResponseWriter& out) {
  auto pids = collector.pids();
  if (!pids) return std::move(pids.status());
  out.pids(*pids);
  return {};
}

Result<void> pid_exists(const Collector& collector, const gen::PidExistsRequest& request,
                        gen::PidExistsResponseWriter& out) {
  auto exists = collector.pid_exists(request.pid);
  if (!exists) return std::move(exists.status());
  out.exists(*exists);
  return {};
}

Result<void> is_running(const Collector& collector, const gen::IsRunningRequest& request,
                        gen::IsRunningResponseWriter& out) {
  const auto ref = required_ref(request.ref);
  if (!ref) return ref.status();
  auto found = collector.process_ref(ref->pid);
  if (found) {
    out.running(same_process(*ref, *found));
  } else if (found.status().reason != ErrorReason::kNoSuchProcess) {
    return std::move(found.status());
  }
  return {};
}

}  // namespace

void add_process_handlers(Handlers& handlers) {
  handlers.unary<gen::PidsRequest, gen::PidsResponseWriter>(Method::kProcessPids, Lane::kInline, pids);
  handlers.unary<gen::PidExistsRequest, gen::PidExistsResponseWriter>(Method::kProcessPidExists, Lane::kInline,
                                                                      pid_exists);
  handlers.unary<gen::IsRunningRequest, gen::IsRunningResponseWriter>(Method::kProcessIsRunning, Lane::kInline,
                                                                      is_running);
  handlers.add(Method::kProcessGet, Lane::kAsync, get_process);
  handlers.add(Method::kProcessList, Lane::kAsync, list_processes);
}

}  // namespace hostscope
