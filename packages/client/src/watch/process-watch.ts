// SPDX-License-Identifier: Apache-2.0

import { ProcessWatchRequestSchema } from "@hostscope/proto/gen/process_watch";
import { type CallOptions, checkOptions, describe, flag } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import type { ProcessExit } from "../gen/hostscope/v1/process_wait_plain.ts";
import type { ProcessWatchResponse } from "../gen/hostscope/v1/process_watch_plain.ts";
import {
  type Asked,
  askedAttributes,
  attributeNumber,
  attributesOfWire,
  type ProcessAttributeName,
} from "../process/attributes.ts";
import { encode } from "../wire/encode.ts";
import { isNumberKey, keyNumber, type ProcessKey, type ProcessWhere, wireConditions } from "./process-filter.ts";
import { collectionOf, type WatchCollection } from "./watch-collection.ts";
import { checkWatchOptions, WATCH_OPTIONS, type WatchOptions, watchFeed } from "./watch-feed.ts";

/** What Host.watchProcesses and Host.processTable take. */
export interface ProcessWatchOptions<A extends ProcessAttributeName> extends WatchOptions {
  /** Attributes to follow. @default DEFAULT_ATTRIBUTES, which is slow: name what you need */
  readonly attrs?: readonly A[] | undefined;
  /** Only processes for which these conditions hold; of a list, one at least. The host decides. */
  readonly where?: ProcessWhere | readonly ProcessWhere[] | undefined;
  /** What `limit` goes by. */
  readonly orderBy?: ProcessKey | undefined;
  /** Whether the greatest come first. @default true for numbers, false for texts */
  readonly descending?: boolean | undefined;
  /** Only so many processes, the first by `orderBy`. */
  readonly limit?: number | undefined;
}

/** A process that is new or changed. */
export interface ProcessChanged {
  readonly ref: ProcessRef;
  /** What changed, as the host's row has it: null, or empty, is as before, but for what `cleared` names. */
  readonly row: ProcessInfo;
  /** Attributes that had a value and have none now. */
  readonly cleared: readonly ProcessAttributeName[];
}

/** What one collection found. */
export interface ProcessUpdate extends WatchCollection {
  /** True if `changed` has every process with all attributes: what was known before is to be dropped. */
  readonly snapshot: boolean;
  readonly changed: readonly ProcessChanged[];
  /** Processes that ended. */
  readonly gone: readonly ProcessExit[];
  /** Processes that live on and are no longer among those that were asked for. */
  readonly left: readonly ProcessRef[];
}

/** Starts one connection of a watch. */
export type OpenProcessWatch = (request: Uint8Array, options: CallOptions) => AsyncIterable<ProcessWatchResponse>;

/** Checks what a process watch takes and gives its request. */
export function processWatchRequest<A extends ProcessAttributeName>(
  call: string,
  options: ProcessWatchOptions<A> | undefined,
): { readonly names: readonly Asked<A>[]; readonly request: Uint8Array } {
  checkOptions(call, options, [...WATCH_OPTIONS, "attrs", "where", "orderBy", "descending", "limit"]);
  checkWatchOptions(call, options);
  const { names } = askedAttributes(call, options?.attrs);
  const { interval, orderBy, limit } = options ?? {};
  if ((orderBy === undefined) !== (limit === undefined)) {
    throw new InvalidArgument(`${call}: orderBy and limit go together`);
  }
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > 100_000)) {
    throw new InvalidArgument(`${call}: limit must be a whole number from 1 to 100000, not ${describe(limit)}`);
  }
  const request = encode(ProcessWatchRequestSchema, {
    attributes: names.map(attributeNumber),
    ...(interval === undefined ? {} : { interval }),
    anyOf: wireConditions(call, options?.where),
    descending: flag(call, "descending", options?.descending, orderBy !== undefined && isNumberKey(orderBy)),
    ...(orderBy === undefined || limit === undefined ? {} : { orderBy: keyNumber(call, "orderBy", orderBy), limit }),
  });
  return { names, request };
}

/** What has become of a process that a later snapshot lacks: where only some were asked for, it may live on. */
export type MissingMeans = "exit" | "leave";

/** The same, of a watch. */
export function missingMeans({ where, limit }: ProcessWatchOptions<ProcessAttributeName> = {}): MissingMeans {
  return where === undefined && limit === undefined ? "exit" : "leave";
}

/** The collections of a watch, each whole. */
export async function* processUpdates(
  open: OpenProcessWatch,
  request: Uint8Array,
  options: WatchOptions | undefined,
  host: string,
): AsyncGenerator<ProcessUpdate, void, undefined> {
  let parts: ProcessWatchResponse[] = [];
  let reconnected = false;
  for await (const fed of watchFeed((callOptions) => open(request, callOptions), options, host)) {
    if (fed.reconnected) {
      parts = [];
      reconnected = true;
    }
    parts.push(fed.message);
    if (fed.message.more) continue;
    yield updateOf(parts, reconnected);
    parts = [];
    reconnected = false;
  }
}

function updateOf(parts: readonly ProcessWatchResponse[], reconnected: boolean): ProcessUpdate {
  const first = parts[0] as ProcessWatchResponse;
  return {
    snapshot: first.kind === "snapshot",
    changed: parts.flatMap(takeChanges),
    gone: parts.flatMap(({ gone }) => gone),
    left: parts.flatMap(({ left }) => left),
    ...collectionOf(first, reconnected),
  };
}

/**
 * Takes the rows out of a message. The generators that it came through keep hold of it until the next one comes, and what
 * lives for a second is no young garbage any more: over a thousand hosts it would be most of the memory.
 */
function takeChanges({ changes }: ProcessWatchResponse): ProcessChanged[] {
  const taken = changes.flatMap(changeOf);
  changes.length = 0;
  return taken;
}

function changeOf({ process, cleared }: ProcessWatchResponse["changes"][number]): ProcessChanged[] {
  if (process === null || process.ref === null) return [];
  return [{ ref: process.ref, row: process, cleared: cleared.length === 0 ? NONE : attributesOfWire(cleared) }];
}

const NONE: readonly ProcessAttributeName[] = [];
