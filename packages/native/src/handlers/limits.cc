// SPDX-License-Identifier: Apache-2.0
#include "encode/limits.h"

#include "dispatch.h"
#include "handlers/moment.h"
#include "handlers/process_query.h"

namespace hostscope {
namespace {

using gen::Method;
using Cgroup = std::optional<model::ProcessCgroup>;

// Why the control group of a process that is there could not be read.
Result<Cgroup> without_cgroup(const model::ProcessRow& row) {
  for (const auto& failure : row.failures) {
    if (failure.outcome != model::AttributeOutcome::kDenied) continue;
    return Status::access_denied(row.ref.pid, "read the control group", failure.os_error);
  }
  return Cgroup();
}

// The group of the process asked for, else of this one. Empty if there are no control groups, or none that this
// process is seen in.
Result<Cgroup> find_cgroup(const Collector& collector, const std::optional<gen::ProcessRef>& asked) {
  gen::ProcessRef ref;
  if (asked) {
    const auto valid = required_ref(asked);
    if (!valid) return valid.status();
    ref = *valid;
  } else {
    auto own = collector.own_pid();
    if (!own) return std::move(own.status());
    if (!*own) return Cgroup();
    ref.pid = **own;
  }
  auto reader = collector.process_reader();
  if (!reader) return std::move(reader.status());
  ReadProgress progress;
  const StuckTargets nothing_stuck;
  ReadGuard guard(progress, nothing_stuck);
  ProcessQuery query;
  query.attributes = {model::ProcessAttribute::kCgroup};
  model::ProcessRow row;
  if ((*reader)->read(ref.pid, query, guard, row) == RowOutcome::kGone) {
    return asked ? Result<Cgroup>(Status::no_such_process(ref.pid)) : Cgroup();
  }
  if (!same_process(ref, row.ref)) return Status::pid_reused(ref.pid);
  if (!row.present.has(model::ProcessAttribute::kCgroup)) return without_cgroup(row);
  return Cgroup(std::move(row.cgroup));
}

// What cannot be read is not known; it does not hide the rest.
model::HostLimits host_limits(const Collector& collector) {
  model::HostLimits host;
  if (const auto cpus = collector.cpu_count()) host.cpus = *cpus;
  if (const auto memory = collector.virtual_memory()) host.memory = memory->total;
  if (const auto swap = collector.swap_memory()) host.swap = swap->total;
  if (const auto pids = collector.max_pids()) host.pids = *pids;
  return host;
}

Result<void> limits(const Collector& collector, const gen::LimitsRequest& request, gen::LimitsResponseWriter& out) {
  const auto group = find_cgroup(collector, request.ref);
  if (!group) return group.status();
  const Moment now;
  const auto host = host_limits(collector);
  std::optional<model::CgroupLimits> cgroup;
  if (*group) {
    auto found = collector.cgroup_limits(**group);
    if (!found) return std::move(found.status());
    cgroup = std::move(*found);
  }
  auto job = collector.job_limits(request.ref);
  if (!job) return std::move(job.status());
  out.sample([&](auto& w) { now.write(w); });
  out.host([&](auto& w) { encode::host_limits(host, w); });
  if (cgroup) out.cgroup([&](auto& w) { encode::cgroup_limits(*cgroup, w); });
  if (!job->is_known) return {};
  const auto cpus = model::lesser(model::effective_cpus(host, cgroup), job->cpus);
  const auto memory = model::lesser(model::effective_memory(host, cgroup), job->memory);
  if (cpus) out.effective_cpus(*cpus);
  if (memory) out.effective_memory(*memory);
  return {};
}

Result<void> pressure(const Collector& collector, const gen::PressureRequest& request,
                      gen::PressureResponseWriter& out) {
  const auto group = find_cgroup(collector, request.ref);
  if (!group) return group.status();
  const Moment now;
  const auto host = collector.pressure();
  if (!host) return host.status();
  out.sample([&](auto& w) { now.write(w); });
  if (!host->empty()) out.host([&](auto& w) { encode::pressure(*host, w); });
  if (!*group) return {};
  const auto cgroup = collector.cgroup_pressure(**group);
  if (!cgroup) return cgroup.status();
  if (!cgroup->empty()) out.cgroup([&](auto& w) { encode::pressure(*cgroup, w); });
  out.cgroup_path((*group)->path);
  return {};
}

}  // namespace

void add_limits_handlers(Handlers& handlers) {
  handlers.unary<gen::LimitsRequest, gen::LimitsResponseWriter>(Method::kSystemLimits, Lane::kPool, limits);
  handlers.unary<gen::PressureRequest, gen::PressureResponseWriter>(Method::kSystemPressure, Lane::kPool, pressure);
}

}  // namespace hostscope
