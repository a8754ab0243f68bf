// SPDX-License-Identifier: Apache-2.0

import { WinServiceWatchRequestSchema } from "@hostscope/proto/gen/win_service_control";
import { type CallOptions, checkOptions, describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { WinServiceWatchResponse } from "../gen/hostscope/v1/win_service_control_plain.ts";
import type { WinServiceStatus } from "../gen/hostscope/v1/win_service_values_plain.ts";
import { encode } from "../wire/encode.ts";
import { leavable } from "./leavable.ts";
import { collectionOf, type WatchCollection } from "./watch-collection.ts";
import { checkWatchOptions, WATCH_OPTIONS, type WatchOptions, watchFeed } from "./watch-feed.ts";

/** What Host.watchWinServices takes. */
export interface WinServiceWatchOptions extends WatchOptions {
  /** Names of the services to follow; case does not matter. @default all */
  readonly names?: readonly string[] | undefined;
}

/** A service as a watch tells of it. */
export interface WinServiceState {
  readonly name: string;
  readonly displayName: string;
  /** Null: in a state that has no name. */
  readonly status: WinServiceStatus | null;
  /** Pid of its process; null while it has none. */
  readonly pid: number | null;
}

/** What one look at the services found. The states that were passed through between two looks, or in `dropped` ones, are lost. */
export interface WinServiceUpdate extends WatchCollection {
  /** True if `changed` are all that are followed: what was known before is to be dropped. */
  readonly snapshot: boolean;
  readonly changed: readonly WinServiceState[];
  /** Names of those that were removed. */
  readonly removed: readonly string[];
}

/** Starts one connection of a watch. */
export type OpenWinServiceWatch = (request: Uint8Array, options: CallOptions) => AsyncIterable<WinServiceWatchResponse>;

/** The looks of a watch. */
export function winServiceUpdates(
  open: OpenWinServiceWatch,
  options: WinServiceWatchOptions | undefined,
  host: string,
): AsyncGenerator<WinServiceUpdate, void, undefined> {
  const call = "Host.watchWinServices";
  checkOptions(call, options, [...WATCH_OPTIONS, "names"]);
  checkWatchOptions(call, options);
  const names: unknown = options?.names ?? [];
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string" && name !== "")) {
    throw new InvalidArgument(`${call}: names must be an array of names of services, not ${describe(names)}`);
  }
  const { interval } = options ?? {};
  const request = encode(WinServiceWatchRequestSchema, { names, ...(interval === undefined ? {} : { interval }) });
  return leavable(options, (given) => updates(open, request, given, host));
}

async function* updates(
  open: OpenWinServiceWatch,
  request: Uint8Array,
  options: WatchOptions | undefined,
  host: string,
): AsyncGenerator<WinServiceUpdate, void, undefined> {
  for await (const { message, reconnected } of watchFeed((callOptions) => open(request, callOptions), options, host)) {
    const { kind, services, removed } = message;
    yield {
      snapshot: kind === "snapshot",
      changed: services.map(({ name, displayName, status, pid }) => ({ name, displayName, status, pid })),
      removed,
      ...collectionOf(message, reconnected),
    };
  }
}
