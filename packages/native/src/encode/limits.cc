// SPDX-License-Identifier: Apache-2.0
#include "encode/limits.h"

namespace hostscope::encode {
namespace {

void pressure_time(const model::PressureTime& in, gen::PressureTimeWriter& out) {
  out.avg10(in.avg10);
  out.avg60(in.avg60);
  out.avg300(in.avg300);
  out.total(in.total);
}

void resource(const model::ResourcePressure& in, gen::ResourcePressureWriter& out) {
  if (in.some) out.some([&](auto& w) { pressure_time(*in.some, w); });
  if (in.full) out.full([&](auto& w) { pressure_time(*in.full, w); });
}

}  // namespace

void host_limits(const model::HostLimits& in, gen::HostLimitsWriter& out) {
  if (in.cpus) out.cpus(*in.cpus);
  if (in.memory) out.memory(*in.memory);
  if (in.swap) out.swap(*in.swap);
  if (in.pids) out.pids(*in.pids);
}

void cgroup_limits(const model::CgroupLimits& in, gen::CgroupLimitsWriter& out) {
  out.path(in.path);
  out.version(in.version);
  if (in.cpu_quota) out.cpu_quota(*in.cpu_quota);
  if (in.cpu_period) out.cpu_period(*in.cpu_period);
  out.cpuset(in.cpuset);
  if (in.memory_max) out.memory_max(*in.memory_max);
  if (in.memory_high) out.memory_high(*in.memory_high);
  if (in.memory_current) out.memory_current(*in.memory_current);
  if (in.swap_max) out.swap_max(*in.swap_max);
  if (in.swap_current) out.swap_current(*in.swap_current);
  if (in.pids_max) out.pids_max(*in.pids_max);
  if (in.pids_current) out.pids_current(*in.pids_current);
  if (!in.throttling) return;
  out.throttling([&](auto& w) {
    w.periods(in.throttling->periods);
    w.throttled(in.throttling->throttled);
    w.throttled_time(in.throttling->throttled_time);
  });
}

void pressure(const model::Pressure& in, gen::PressureWriter& out) {
  if (in.cpu) out.cpu([&](auto& w) { resource(*in.cpu, w); });
  if (in.memory) out.memory([&](auto& w) { resource(*in.memory, w); });
  if (in.io) out.io([&](auto& w) { resource(*in.io, w); });
  if (in.irq) out.irq([&](auto& w) { resource(*in.irq, w); });
}

}  // namespace hostscope::encode
