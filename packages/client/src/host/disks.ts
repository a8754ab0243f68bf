// SPDX-License-Identifier: Apache-2.0

import {
  DiskIoCountersRequestSchema,
  DiskPartitionsRequestSchema,
  DiskUsageRequestSchema,
} from "@hostscope/proto/gen/disk";
import { type CallOptions, checkOptions, describe, flag } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import {
  type DiskIoCounters,
  type DiskPartition,
  type DiskUsage,
  decodeDiskIoCountersResponse,
  decodeDiskPartitionsResponse,
  decodeDiskUsageResponse,
} from "../gen/hostscope/v1/disk_plain.ts";
import { METHODS } from "../methods.ts";
import { byName } from "../wire/by-name.ts";
import { encode } from "../wire/encode.ts";
import { HostMemory } from "./memory.ts";

/** What Host.diskPartitions takes. */
export interface DiskPartitionsOptions extends CallOptions {
  /** Whether to list virtual and network file systems too, not only those on physical devices. @default false */
  readonly all?: boolean | undefined;
}

/** What Host.diskIoCounters takes. */
export interface DiskIoCountersOptions extends CallOptions {
  /** Whether to give each device instead of all together. @default false */
  readonly perdisk?: boolean | undefined;
  /** Whether counters go on from where they were when the kernel's wrapped or were reset. @default true */
  readonly nowrap?: boolean | undefined;
}

/** psutil's functions about a host's disks. */
export abstract class HostDisks extends HostMemory {
  /** Mounted file systems, in the system's order; a device that is mounted twice is there twice. */
  async diskPartitions(options?: DiskPartitionsOptions): Promise<DiskPartition[]> {
    checkOptions("Host.diskPartitions", options, ["all"]);
    const all = flag("Host.diskPartitions", "all", options?.all);
    const request = encode(DiskPartitionsRequestSchema, { all });
    return (await this.ask(METHODS.diskPartitions, decodeDiskPartitionsResponse, options, request)).partitions;
  }

  /**
   * Space of the file system that `path` is on, bytes. `percent` is the use as an unprivileged user sees it. Fails with
   * InvalidArgument unless the path is absolute, and NotFound if nothing is there.
   */
  async diskUsage(path: string, options?: CallOptions): Promise<DiskUsage> {
    checkOptions("Host.diskUsage", options);
    if (typeof path !== "string") {
      throw new InvalidArgument(`Host.diskUsage takes a path, not ${describe(path)}`);
    }
    const request = encode(DiskUsageRequestSchema, { path });
    const { diskUsage } = await this.ask(METHODS.diskUsage, decodeDiskUsageResponse, options, request);
    return this.present(diskUsage, "diskUsage");
  }

  /**
   * Input and output of all disks since boot, null on a host without disks; with perdisk of each device by name, on Linux
   * partitions too. Counters.
   */
  async diskIoCounters(
    options?: DiskIoCountersOptions & { readonly perdisk?: false | undefined },
  ): Promise<DiskIoCounters | null>;
  async diskIoCounters(
    options: DiskIoCountersOptions & { readonly perdisk: true },
  ): Promise<Record<string, DiskIoCounters>>;
  async diskIoCounters(
    options?: DiskIoCountersOptions,
  ): Promise<DiskIoCounters | Record<string, DiskIoCounters> | null>;
  async diskIoCounters(
    options?: DiskIoCountersOptions,
  ): Promise<DiskIoCounters | Record<string, DiskIoCounters> | null> {
    checkOptions("Host.diskIoCounters", options, ["perdisk", "nowrap"]);
    const perdisk = flag("Host.diskIoCounters", "perdisk", options?.perdisk);
    const nowrap = flag("Host.diskIoCounters", "nowrap", options?.nowrap, true);
    const request = encode(DiskIoCountersRequestSchema, { perdisk, nowrap });
    const { total, disks } = await this.ask(METHODS.diskIoCounters, decodeDiskIoCountersResponse, options, request);
    return perdisk ? byName(disks, (disk) => disk) : total;
  }
}
