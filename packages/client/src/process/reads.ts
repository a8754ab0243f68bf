// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConnectionKind as ConnectionKindNumber } from "@hostscope/proto/gen/network";
import {
  type MemoryType as MemoryTypeNumber,
  ProcessGetRequestSchema,
  type ProcessReadOptionsSchema,
} from "@hostscope/proto/gen/process_read";
import type { CallOptions } from "../call-options.ts";
import type { Connection, Subject } from "../connection.ts";
import { InternalError } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { CONNECTION_KIND_NUMBERS } from "../gen/hostscope/v1/network_plain.ts";
import { decodeProcessGetResponse, MEMORY_TYPE_NUMBERS } from "../gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import { type AttributeField, attributeNumber, fieldOf, type ProcessAttributeName } from "./attributes.ts";
import { CpuBaseline } from "./cpu.ts";
import { argumentOf, type ReadArguments, type Reading } from "./reading.ts";
import { wireRef } from "./ref.ts";
import type { RowOwner } from "./row.ts";

/** Reads that will travel as one RPC. */
interface Batch {
  readonly attributes: Set<AttributeField>;
  readonly options: CallOptions | undefined;
  args: ReadArguments;
  reading: Promise<Reading>;
}

/**
 * Everything that is read of one process: what is asked for in the same tick, with the same options, is one
 * Process.Get. Holds what all faces of the process share: its ref, last known name and parent, and CPU baseline.
 */
export class ProcessReads {
  readonly connection: Connection;
  readonly ref: ProcessRef;
  /** Name it had when it was last read. */
  name: string | null = null;
  /** Its parent when that was last read. */
  ppid: number | null = null;
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
    return { host: this.connection.target, pid: this.ref.pid, processName: this.name, ppid: this.ppid };
  }

  /** The row with at least these attributes. Fails with the RPC's error; what became of an attribute is in the row. */
  read(
    attributes: readonly ProcessAttributeName[],
    options: CallOptions | undefined,
    args: ReadArguments = {},
  ): Promise<Reading> {
    const fields = attributes.map(fieldOf);
    let batch = this.#open.find((candidate) => canJoin(candidate, fields, options, args));
    if (batch === undefined) {
      batch = this.#begin(options, args);
    } else {
      batch.args = joined(batch.args, args);
    }
    for (const field of fields) {
      batch.attributes.add(field);
    }
    return batch.reading;
  }

  #begin(options: CallOptions | undefined, args: ReadArguments): Batch {
    // Sent in a microtask: by then the caller's tick has asked for all it wants.
    const reading = Promise.resolve().then(() => this.#send(batch));
    const batch: Batch = { attributes: new Set(), options, args, reading };
    this.#open.push(batch);
    return batch;
  }

  async #send(batch: Batch): Promise<Reading> {
    this.#open.splice(this.#open.indexOf(batch), 1);
    const { attributes, options, args } = batch;
    const reading = await getProcess(this.connection, this.ref, [...attributes], options, args, this.subject);
    this.name = reading.row.name ?? this.name;
    this.ppid = reading.row.ppid ?? this.ppid;
    return reading;
  }

  /** The process as errors of RPCs about it name it. */
  get subject(): Subject {
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
  const request = encode(ProcessGetRequestSchema, {
    ref: wireRef(ref),
    attributes: attributes.map(attributeNumber),
    options: wireArguments(args),
  });
  const { process, sample } = await connection.unary({
    method: METHODS.processGet,
    request,
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
  grouped,
  kind,
  cpuInterval,
}: ReadArguments): MessageInitShape<typeof ProcessReadOptionsSchema> {
  return {
    ...(typeof cpuInterval === "number" ? { cpuPercentInterval: cpuInterval } : {}),
    ...(memtype === undefined ? {} : { memoryPercentMemtype: MEMORY_TYPE_NUMBERS.get(memtype) as MemoryTypeNumber }),
    ...(grouped === undefined ? {} : { memoryMapsGrouped: grouped }),
    ...(kind === undefined ? {} : { connectionsKind: CONNECTION_KIND_NUMBERS.get(kind) as ConnectionKindNumber }),
  };
}

/** Whether a read can travel with others: same options, and no attribute twice with different arguments. */
function canJoin(
  { attributes, options: given, args: known }: Batch,
  fields: readonly AttributeField[],
  options: CallOptions | undefined,
  args: ReadArguments,
): boolean {
  return (
    given?.timeoutMs === options?.timeoutMs &&
    given?.signal === options?.signal &&
    // One that measures takes its time: the others need not wait for it.
    known.cpuInterval === args.cpuInterval &&
    fields.every((field) => !attributes.has(field) || argumentOf(field, known) === argumentOf(field, args))
  );
}

/** Arguments of reads that can travel together: one of them at most has each. */
function joined(known: ReadArguments, added: ReadArguments): ReadArguments {
  return {
    cpuInterval: known.cpuInterval,
    memtype: known.memtype ?? added.memtype,
    grouped: known.grouped ?? added.grouped,
    kind: known.kind ?? added.kind,
  };
}
