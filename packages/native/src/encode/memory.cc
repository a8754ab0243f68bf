// SPDX-License-Identifier: Apache-2.0
#include "encode/memory.h"

namespace hostscope::encode {

void virtual_memory(const model::VirtualMemory& in, gen::VirtualMemoryWriter& out) {
  out.total(in.total);
  out.available(in.available);
  out.percent(in.percent);
  out.used(in.used);
  out.free(in.free);
  if (in.active) out.active(*in.active);
  if (in.inactive) out.inactive(*in.inactive);
  if (in.buffers) out.buffers(*in.buffers);
  if (in.cached) out.cached(*in.cached);
  if (in.shared) out.shared(*in.shared);
  if (in.slab) out.slab(*in.slab);
  if (in.wired) out.wired(*in.wired);
}

void swap_memory(const model::SwapMemory& in, gen::SwapMemoryWriter& out) {
  out.total(in.total);
  out.used(in.used);
  out.free(in.free);
  out.percent(in.percent);
  if (in.sin) out.sin(*in.sin);
  if (in.sout) out.sout(*in.sout);
}

}  // namespace hostscope::encode
