// SPDX-License-Identifier: Apache-2.0

import { System } from "@hostscope/proto/gen/system";
import type { Collector } from "./collector.ts";
import { counter, gauge } from "./family.ts";

const { virtualMemory, swapMemory } = System.method;

/**
 * Memory and swap. node_exporter's names where the value is the same; what psutil puts together (cached, used) has a
 * name of ours, as node_memory_Cached_bytes is another number.
 */
export const meminfoCollector: Collector = {
  name: "meminfo",
  async collect(reader) {
    const [{ virtualMemory: memory }, { swapMemory: swap }] = await Promise.all([
      reader.unary(virtualMemory, {}),
      reader.unary(swapMemory, {}),
    ]);
    return [
      gauge("node_memory_MemTotal_bytes", "Physical memory.").add(memory?.total),
      gauge("node_memory_MemFree_bytes", "Memory not used at all.").add(memory?.free),
      gauge("node_memory_MemAvailable_bytes", "Memory that programs could get without swapping.").add(
        memory?.available,
      ),
      gauge("node_memory_Buffers_bytes", "Cache of block devices.").add(memory?.buffers),
      gauge("node_memory_Active_bytes", "Memory used recently.").add(memory?.active),
      gauge("node_memory_Inactive_bytes", "Memory not used recently.").add(memory?.inactive),
      gauge("node_memory_Shmem_bytes", "Shared memory and tmpfs.").add(memory?.shared),
      gauge("node_memory_Slab_bytes", "The kernel's own structures.").add(memory?.slab),
      gauge("node_memory_SwapTotal_bytes", "Swap space.").add(swap?.total),
      gauge("node_memory_SwapFree_bytes", "Swap space not in use.").add(swap?.free),
      gauge("hostscope_memory_cached_bytes", "Cache of files, with reclaimable slab on Linux.").add(memory?.cached),
      gauge("hostscope_memory_used_bytes", "Memory in use by programs, as psutil counts it.").add(memory?.used),
      counter("hostscope_swap_in_bytes_total", "Bytes read back from swap.").add(swap?.sin),
      counter("hostscope_swap_out_bytes_total", "Bytes written to swap.").add(swap?.sout),
    ];
  },
};
