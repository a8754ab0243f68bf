// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { ProcessListRequestSchema } from "@hostscope/proto/gen/process_read";
import { type Asked, askedAttributes, attributeNumber, type ProcessAttributeName } from "./attributes.ts";
import { type CallOptions, checkOptions, intervalOf } from "./call-options.ts";
import type { Connection } from "./connection.ts";
import { InternalError } from "./errors.ts";
import type { ProcessRef, Sample } from "./gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "./gen/hostscope/v1/process_info_plain.ts";
import { decodeProcessListResponse, type ProcessListResponse } from "./gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "./methods.ts";
import { type ReadArguments, wireArguments } from "./process-reads.ts";

/** What Host.processList takes. */
export interface ProcessListOptions<A extends ProcessAttributeName> extends CallOptions {
  /** Attributes to read. @default DEFAULT_ATTRIBUTES */
  readonly attrs?: readonly A[] | undefined;
  /** Seconds over which the agent measures cpuPercent, at most 60. @default 0.1 */
  readonly interval?: number | undefined;
}

/** One process of a list, as the host sent it. An attribute that could not be read is null and named in `failures`. */
export type ProcessRow<A extends ProcessAttributeName = never> = { ref: ProcessRef } & Pick<
  ProcessInfo,
  Asked<A> | "failures" | "sampledAfterUs"
>;

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
  const request = create(ProcessListRequestSchema, {
    attributes: attributes.map(attributeNumber),
    options: wireArguments(args),
  });
  return connection.stream({
    method: METHODS.processList,
    request: toBinary(ProcessListRequestSchema, request),
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
  const attributes = askedAttributes("Host.processList", options?.attrs);
  const cpuInterval = intervalOf("Host.processList", options?.interval) ?? "default";
  let sample: Sample | null = null;
  const processes: ProcessInfo[] = [];
  let vanished = 0;
  for await (const chunk of listChunks(connection, attributes, options, { cpuInterval })) {
    sample ??= chunk.sample;
    for (const row of chunk.processes) {
      processes.push(row);
    }
    vanished += chunk.vanished;
  }
  if (sample === null) {
    throw new InternalError(`Process.List on ${connection.target} gave no answer`, { host: connection.target });
  }
  return { sample, processes: processes as ProcessRow<A>[], vanished };
}
