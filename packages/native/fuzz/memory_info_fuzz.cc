// sources: linux/memory_info.cc linux/memory.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/memory.h"
#include "linux/memory_info.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_meminfo) {
  const MemoryInfo info = parse_meminfo(text);
  if (const auto memory = virtual_memory(info, 4096)) {
    CHECK(memory->available <= memory->total || memory->available == memory->free);
  }
}

FUZZ_TARGET(parse_vmstat) { parse_vmstat(text); }

FUZZ_TARGET(parse_low_watermarks) { parse_low_watermarks(text); }
