// SPDX-License-Identifier: Apache-2.0

import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type MemoryType as MemoryTypeNumber,
  ProcessGetRequestSchema,
  type ProcessReadOptionsSchema,
} from "@hostscope/proto/gen/process_read";
import { attributeNumber, type ProcessAttributeName } from "./attributes.ts";
import type { CallOptions } from "./call-options.ts";
import type { Connection, Subject } from "./connection.ts";
import { InternalError } from "./errors.ts";
import type { ProcessRef, Sample } from "./gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "./gen/hostscope/v1/process_info_plain.ts";
import {
  decodeProcessGetResponse,
  MEMORY_TYPE_NUMBERS,
  type MemoryType,
} from "./gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "./methods.ts";
import { CpuBaseline } from "./process-cpu.ts";
import { wireRef } from "./process-ref.ts";
import type { RowOwner } from "./process-row.ts";

/** One row and when it was read. */
export interface Reading {
  readonly row: ProcessInfo;
  readonly sample: Sample;
}

/** Arguments of the attributes that take some. */
export interface ReadArguments {
  /** Memory that memoryPercent is about. */
  readonly memtype?: MemoryType | undefined;
  /** Seconds to measure cpuPercent over; "default" leaves that to the agent. */
  readonly cpuInterval?: number | "default" | undefined;
}

/** Reads that will travel as one RPC. */
interface Batch {
  readonly attributes: Set<ProcessAttributeName>;
  readonly options: CallOptions | undefined;
  readonly args: ReadArguments;
  readonly reading: Promise<Reading>;
}

/**
 * Everything that is read of one process: what is asked for in the same tick, with the same options, is one
 * Process.Get. Holds what all faces of the process share: its ref, last known name and CPU baseline.
 */
export class ProcessReads {
  readonly connection: Connection;
  readonly ref: ProcessRef;
  /** Name it had when it was last read. */
  name: string | null = null;
  /** Where cpuPercent is measured from. */
  readonly cpu: CpuBaseline;
  readonly #open: Batch[] = [];

  constructor(connection: Connection, ref: ProcessRef) {
    this.connection = connection;
    this.ref = ref;
    this.cpu = new CpuBaseline(connection.now);
  }

  /** Whose rows these are, for errors. */
  get owner(): RowOwner {
    return { host: this.connection.target, pid: this.ref.pid, processName: this.name };
  }

  /** The row with at least these attributes. Fails with the RPC's error; what became of an attribute is in the row. */
  read(
    attributes: readonly ProcessAttributeName[],
    options: CallOptions | undefined,
    args: ReadArguments = {},
  ): Promise<Reading> {
    let batch = this.#open.find((candidate) => alike(candidate, options, args));
    if (batch === undefined) {
      const asked = new Set<ProcessAttributeName>();
      // Sent in a microtask: by then the caller's tick has asked for all it wants.
      const reading = Promise.resolve().then(() => this.#send(asked, options, args));
      batch = { attributes: asked, options, args, reading };
      this.#open.push(batch);
    }
    for (const attribute of attributes) {
      batch.attributes.add(attribute);
    }
    return batch.reading;
  }

  async #send(
    attributes: ReadonlySet<ProcessAttributeName>,
    options: CallOptions | undefined,
    args: ReadArguments,
  ): Promise<Reading> {
    const sent = this.#open.findIndex((batch) => batch.attributes === attributes);
    this.#open.splice(sent, 1);
    const reading = await getProcess(this.connection, this.ref, [...attributes], options, args, this.#subject());
    this.name = reading.row.name ?? this.name;
    return reading;
  }

  #subject(): Subject {
    return { pid: this.ref.pid, processName: this.name };
  }
}

/** One Process.Get. */
export async function getProcess(
  connection: Connection,
  ref: ProcessRef,
  attributes: readonly ProcessAttributeName[],
  options: CallOptions | undefined,
  args: ReadArguments,
  subject: Subject,
): Promise<Reading> {
  const request = create(ProcessGetRequestSchema, {
    ref: wireRef(ref),
    attributes: attributes.map(attributeNumber),
    options: wireArguments(args),
  });
  const { process, sample } = await connection.unary({
    method: METHODS.processGet,
    request: toBinary(ProcessGetRequestSchema, request),
    decode: decodeProcessGetResponse,
    options,
    subject,
    workMs: typeof args.cpuInterval === "number" ? args.cpuInterval * 1000 : 0,
  });
  if (process === null || sample === null) {
    throw new InternalError(`Process.Get on ${connection.target} gave no row`, { host: connection.target, ...subject });
  }
  return { row: process, sample };
}

/** Arguments as requests carry them. */
export function wireArguments({
  memtype,
  cpuInterval,
}: ReadArguments): MessageInitShape<typeof ProcessReadOptionsSchema> {
  return {
    ...(typeof cpuInterval === "number" ? { cpuPercentInterval: cpuInterval } : {}),
    ...(memtype === undefined ? {} : { memoryPercentMemtype: MEMORY_TYPE_NUMBERS.get(memtype) as MemoryTypeNumber }),
  };
}

function alike(batch: Batch, options: CallOptions | undefined, args: ReadArguments): boolean {
  return (
    batch.options?.timeoutMs === options?.timeoutMs &&
    batch.options?.signal === options?.signal &&
    batch.args.memtype === args.memtype &&
    batch.args.cpuInterval === args.cpuInterval
  );
}
