// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions } from "../call-options.ts";
import {
  decodeSwapMemoryResponse,
  decodeVirtualMemoryResponse,
  type SwapMemory,
  type VirtualMemory,
} from "../gen/hostscope/v1/memory_plain.ts";
import { METHODS } from "../methods.ts";
import { HostCpu } from "./cpu.ts";

/** psutil's functions about a host's memory. */
export abstract class HostMemory extends HostCpu {
  /** Physical memory, bytes. `available` is the number to watch. */
  async virtualMemory(options?: CallOptions): Promise<VirtualMemory> {
    checkOptions("Host.virtualMemory", options);
    const { virtualMemory } = await this.ask(METHODS.virtualMemory, decodeVirtualMemoryResponse, options);
    return this.present(virtualMemory, "virtualMemory");
  }

  /** Swap space, bytes. */
  async swapMemory(options?: CallOptions): Promise<SwapMemory> {
    checkOptions("Host.swapMemory", options);
    const { swapMemory } = await this.ask(METHODS.swapMemory, decodeSwapMemoryResponse, options);
    return this.present(swapMemory, "swapMemory");
  }
}
