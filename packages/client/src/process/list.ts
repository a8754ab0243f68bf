// SPDX-License-Identifier: Apache-2.0

import { ProcessListRequestSchema } from "@hostscope/proto/gen/process_read";
import { type CallOptions, checkOptions, intervalOf } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { InternalError } from "../errors.ts";
import type { ProcessRef, Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import { decodeProcessListResponse, type ProcessListResponse } from "../gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import { type Asked, askedAttributes, attributeNumber, type FieldOf, type ProcessAttributeName } from "./attributes.ts";
import type { ReadArguments } from "./reading.ts";
import { wireArguments } from "./reads.ts";
import { isShaped, type ProcessValues, rowValue } from "./values.ts";

/** What Host.processList takes. */
export interface ProcessListOptions<A extends ProcessAttributeName> extends CallOptions {
  /** Attributes to read. @default DEFAULT_ATTRIBUTES */
  readonly attrs?: readonly A[] | undefined;
  /** Seconds over which the agent measures cpuPercent, at most 60. @default 0.1 */
  readonly interval?: number | undefined;
}

type RowValue<K extends ProcessAttributeName> = null extends ProcessInfo[FieldOf<K>]
  ? ProcessValues[K] | null
  : ProcessValues[K];

/**
 * One process of a list. An attribute that could not be read is null (a list is empty, and so is environ) and named in
 * `failures`, by its name on the wire.
 */
export type ProcessRow<A extends ProcessAttributeName = never> = { ref: ProcessRef } & Pick<
  ProcessInfo,
  "failures" | "sampledAfterUs"
> & { [K in Asked<A>]: RowValue<K> };

/** All processes of a host at one moment. */
export interface ProcessList<A extends ProcessAttributeName = never> {
  /** When the collection began. */
  readonly sample: Sample;
  /** Processes, ascending by pid. */
  readonly processes: ProcessRow<A>[];
  /** Number of processes that ended while they were read and so have no row. */
  readonly vanished: number;
}

/** Chunks of rows of one Process.List. */
export function listChunks(
  connection: Connection,
  attributes: readonly ProcessAttributeName[],
  options: CallOptions | undefined,
  args: ReadArguments,
): AsyncGenerator<ProcessListResponse, void, undefined> {
  const request = encode(ProcessListRequestSchema, {
    attributes: attributes.map(attributeNumber),
    options: wireArguments(args),
  });
  return connection.stream({
    method: METHODS.processList,
    request,
    decode: decodeProcessListResponse,
    options,
    workMs: typeof args.cpuInterval === "number" ? args.cpuInterval * 1000 : 0,
  });
}

/** Host.processList. */
export async function processList<const A extends ProcessAttributeName>(
  connection: Connection,
  options: ProcessListOptions<A> | undefined,
): Promise<ProcessList<A>> {
  checkOptions("Host.processList", options, ["attrs", "interval"]);
  const { names } = askedAttributes("Host.processList", options?.attrs);
  const shaped = names.filter(isShaped);
  const cpuInterval = intervalOf("Host.processList", options?.interval) ?? "default";
  let sample: Sample | null = null;
  const processes: object[] = [];
  let vanished = 0;
  for await (const chunk of listChunks(connection, names, options, { cpuInterval })) {
    sample ??= chunk.sample;
    for (const row of chunk.processes) {
      if (shaped.length > 0) {
        Object.assign(row, shapes(row, shaped));
      }
      processes.push(row);
    }
    vanished += chunk.vanished;
  }
  if (sample === null) {
    throw new InternalError(`Process.List on ${connection.target} gave no answer`, { host: connection.target });
  }
  return { sample, processes: processes as ProcessRow<A>[], vanished };
}

function shapes(row: ProcessInfo, names: readonly ProcessAttributeName[]): object {
  return Object.fromEntries(names.map((name) => [name, rowValue(row, name)]));
}
