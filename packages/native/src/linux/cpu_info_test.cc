// sources: linux/cpu_info.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_info.h"

#include <string>

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void reads_x86() {
  const auto cpus = parse_cpuinfo(
      "processor\t: 0\ncpu MHz\t\t: 2596.132\nphysical id\t: 0\ncpu cores\t: 2\nflags\t\t: clock: x\n\n"
      "processor\t: 5\ncpu MHz\t\t: 1200.000\nphysical id\t: 1\ncpu cores\t: 2\n\n");
  CHECK(cpus.size() == 2);
  CHECK(cpus[0].cpu == 0u && cpus[0].mhz == 2596.132 && cpus[0].physical_id == 0u && cpus[0].cores == 2u);
  CHECK(cpus[1].cpu == 5u && cpus[1].mhz == 1200.0);
  CHECK(count_cores(cpus) == 4u);
}

void reads_ppc() {
  const auto cpus = parse_cpuinfo(
      "processor\t: 0\ncpu\t\t: POWER8\nclock\t\t: 3690.000000MHz\n\nprocessor\t: 8\nclock : 3000MHz\n\n"
      "timebase\t: 512000000\nplatform\t: PowerNV\n");
  CHECK(cpus.size() == 2 && cpus[0].mhz == 3690.0 && cpus[1].cpu == 8u && cpus[1].mhz == 3000.0);
  CHECK(!count_cores(cpus));
}

void reads_s390x() {
  const auto cpus = parse_cpuinfo(
      "vendor_id       : IBM/S390\n# processors    : 2\nprocessor 0: version = FF,  machine = 8561\n\n"
      "cpu number      : 0\ncpu MHz dynamic : 5200\ncpu MHz static  : 5000\n\n"
      "cpu number      : 1\nphysical id     : 1\ncpu cores       : 1\ncpu MHz dynamic : 4100\ncpu MHz static  : "
      "5000\n");
  CHECK(cpus.size() == 2 && cpus[0].mhz == 5200.0 && cpus[1].cpu == 1u && cpus[1].mhz == 4100.0);
  CHECK(count_cores(cpus) == 1u);
}

void reads_old_arm() {
  const auto cpus = parse_cpuinfo(
      "Processor\t: ARMv7 Processor rev 4 (v7l)\nprocessor\t: 0\nBogoMIPS\t: 38.40\nprocessor\t: 1\n\nFeatures\t: "
      "swp\n");
  CHECK(cpus.size() == 2 && cpus[1].cpu == 1u && !cpus[0].mhz);
}

void passes_over_what_it_cannot_read() {
  CHECK(parse_cpuinfo("").empty() && parse_cpuinfo("\n\n:\n: 5\nprocessor\nprocessor: x\nprocessor : -1\n").empty());
  for (const char* mhz : {"", "x", "nan", "inf", "-5", "0", "0.0", "1e3", "12 GHz", "999999999999999999999999e999"}) {
    const auto cpus = parse_cpuinfo(std::string("processor : 0\ncpu MHz : ") + mhz + "\nclock : " + mhz + "\n");
    CHECK(cpus.size() == 1 && !cpus[0].mhz);
  }
  const auto huge = parse_cpuinfo(
      "processor : 0\nphysical id : 0\ncpu cores : 18446744073709551615\n\n"
      "processor : 1\nphysical id : 1\ncpu cores : 18446744073709551615\n");
  CHECK(!count_cores(huge));
  CHECK(!count_cores(parse_cpuinfo("processor : 0\nphysical id : 0\ncpu cores : 0\n")));
}

}  // namespace

int main() {
  reads_x86();
  reads_ppc();
  reads_s390x();
  reads_old_arm();
  passes_over_what_it_cannot_read();
}
