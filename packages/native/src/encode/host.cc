// SPDX-License-Identifier: Apache-2.0
#include "encode/host.h"

namespace hostscope::encode {
namespace {

void constants(const model::PlatformConstants& in, gen::PlatformConstantsWriter& out) {
  out.page_size(in.page_size);
  if (in.clock_ticks) out.clock_ticks(*in.clock_ticks);
  if (in.pid_max) out.pid_max(*in.pid_max);
  for (const auto& signal : in.signals) {
    out.signals([&](auto& w) {
      w.name(signal.name);
      w.number(signal.number);
    });
  }
}

}  // namespace

void user(const model::User& in, gen::UserWriter& out) {
  out.name(in.name);
  if (in.terminal) out.terminal(*in.terminal);
  if (in.host) out.host(*in.host);
  out.started(in.started);
  if (in.pid) out.pid(*in.pid);
}

void host_info(const model::HostInfo& in, gen::HostInfoWriter& out) {
  out.hostname(in.hostname);
  out.platform(in.platform);
  if (in.os) out.os(*in.os);
  if (in.os_version) out.os_version(*in.os_version);
  if (in.kernel) out.kernel(*in.kernel);
  if (in.machine) out.machine(*in.machine);
  if (in.boot_id) out.boot_id(*in.boot_id);
  if (in.boot) out.boot(*in.boot);
  if (in.boot_time) out.boot_time(*in.boot_time);
  out.constants([&](auto& w) { constants(in.constants, w); });
}

}  // namespace hostscope::encode
