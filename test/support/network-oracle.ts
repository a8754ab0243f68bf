// SPDX-License-Identifier: Apache-2.0

import { fileURLToPath } from "node:url";

/** One address as psutil and the SDK give it. */
export interface Address {
  readonly family: string;
  readonly address: string | null;
  readonly netmask: string | null;
  readonly broadcast: string | null;
  readonly ptp: string | null;
}

/** Interfaces as psutil gives them, with the SDK's texts for constants. */
export interface NetworkFacts {
  readonly addrs: Record<string, Address[]>;
  readonly stats: Record<string, Record<string, unknown>>;
  readonly traffic: Record<string, Record<string, number>>;
}

/** An interface of `ip --json addr`. */
export interface IpInterface {
  readonly ifname: string;
  readonly mtu: number;
  readonly address?: string;
  readonly broadcast?: string;
  readonly addr_info: { family: string; local: string; prefixlen: number; broadcast?: string; label?: string }[];
  readonly stats64?: Record<"rx" | "tx", Record<string, number>>;
}

/** Program that prints NetworkFacts of psutil, for a Python that has it. */
export const PSUTIL_NETWORK = fileURLToPath(new URL("network_oracle.py", import.meta.url));

/** Program that prints NetworkFacts of the SDK. */
export const OUR_NETWORK = fileURLToPath(new URL("print-network.ts", import.meta.url));

/** Only these fields: generated types may have more. */
export function plainAddress({ family, address, netmask, broadcast, ptp }: Address): Address {
  return { family, address, netmask, broadcast, ptp };
}
