// windows sources: windows/job_limits.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
// Wine answers with no limits of any job, so that only this shows what is made of them.
#include "windows/job_limits.h"

#include "core/check.h"

using namespace hostscope::windows_os;

int main() {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  JOBOBJECT_CPU_RATE_CONTROL_INFORMATION rate{};
  const auto found = [&] { return job_limits(limits, rate, 8); };
  // Values without their flags are none.
  limits.JobMemoryLimit = 1000;
  limits.ProcessMemoryLimit = 10;
  limits.BasicLimitInformation.Affinity = 1;
  rate.CpuRate = 100;
  CHECK(found().is_known && !found().cpus && !found().memory);

  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_JOB_MEMORY;
  CHECK(found().memory == 1000 && !found().cpus);
  limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_PROCESS_MEMORY;
  CHECK(found().memory == 10);
  limits.ProcessMemoryLimit = 100'000;
  CHECK(found().memory == 1000);

  // A quarter of eight CPUs.
  rate.CpuRate = 2500;
  rate.ControlFlags = 0x1 | 0x4;
  CHECK(found().cpus == 2.0);
  rate.ControlFlags = 0x4;  // not enabled
  CHECK(!found().cpus);
  rate.ControlFlags = 0x1 | 0x2;  // a weight
  CHECK(!found().cpus);
  rate.ControlFlags = 0x1 | 0x10;  // from a tenth to a half
  rate.CpuRate = 5000U << 16 | 1000U;
  CHECK(found().cpus == 4.0);
  limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_AFFINITY;
  limits.BasicLimitInformation.Affinity = 0b1011;
  CHECK(found().cpus == 3.0);
  limits.BasicLimitInformation.Affinity = 0xFF;
  CHECK(found().cpus == 4.0);
}
