// SPDX-License-Identifier: Apache-2.0

import { WaitProcsRequestSchema } from "@hostscope/proto/gen/process_wait";
import { type CallOptions, describe, MAX_TIMEOUT_MS } from "../call-options.ts";
import type { Connection, Subject } from "../connection.ts";
import { DeadlineExceeded, InvalidArgument } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { decodeWaitProcsResponse } from "../gen/hostscope/v1/process_wait_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import { wireRef } from "./ref.ts";

/** Refs of one request: an agent takes 64 KiB, and a ref with its longest marks has 42 bytes. */
const REFS_PER_CALL = 1_500;
/** An agent serves 64 calls of one connection at a time, and others than these must find a place. */
const MOST_CALLS = 32;

/** What is waited for, and who is told. */
export interface WaitedFor {
  /** Method of the SDK, for errors. */
  readonly call: string;
  /** Each process once. */
  readonly refs: readonly ProcessRef[];
  /** Seconds, or null to wait until all have ended. */
  readonly seconds: number | null;
  /** The caller's options, already checked. */
  readonly options: CallOptions | undefined;
  /** The process, if it is only one. */
  readonly subject?: Subject | undefined;
  /** Told once of each that has ended, by its place among the refs. */
  readonly onGone: (index: number, returncode: number | null) => void;
}

/** Seconds to wait, null for ever. Throws InvalidArgument for what is negative or no number. */
export function secondsOf(call: string, timeout: number | null | undefined): number | null {
  if (timeout === undefined || timeout === null || timeout === Number.POSITIVE_INFINITY) {
    return null;
  }
  if (typeof timeout !== "number" || !(timeout >= 0)) {
    throw new InvalidArgument(`${call}: timeout must be a number of seconds, 0 or more, not ${describe(timeout)}`);
  }
  return timeout;
}

/** A ref as a key. */
export function refKey({ pid, start, pidfdInode, boot }: ProcessRef): string {
  return `${pid} ${start} ${pidfdInode} ${boot}`;
}

/** Values of the same key together, in the order of the first of each. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [value]);
    } else {
      group.push(value);
    }
  }
  return [...groups.values()];
}

/** Waits until all have ended or the time has passed. Without a timeout of the caller's, no call's deadline ends it. */
export async function waitRefs(connection: Connection, waited: WaitedFor): Promise<void> {
  const { refs, call } = waited;
  const most = REFS_PER_CALL * MOST_CALLS;
  if (refs.length > most) {
    throw new InvalidArgument(`${call} waits for ${most} processes at most at a time, not ${refs.length}`);
  }
  // If one call fails, or a callback, the others are of no use.
  const abort = new AbortController();
  const given = waited.options?.signal;
  const signal = given === undefined ? abort.signal : AbortSignal.any([given, abort.signal]);
  const calls: Promise<void>[] = [];
  for (let from = 0; from < refs.length; from += REFS_PER_CALL) {
    const part = new Map(refs.slice(from, from + REFS_PER_CALL).map((ref, at) => [refKey(ref), from + at]));
    calls.push(waitForPart(connection, waited, part, signal));
  }
  try {
    await Promise.all(calls);
  } finally {
    abort.abort();
    await Promise.allSettled(calls);
  }
}

/** The same for the refs of one call. `left` are the places of those that have not ended. */
async function waitForPart(
  connection: Connection,
  { refs, seconds, options, subject, onGone }: WaitedFor,
  left: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const until = seconds === null ? Number.POSITIVE_INFINITY : connection.now() + seconds * 1000;
  for (;;) {
    const leftMs = Math.max(0, until - connection.now());
    const request = encode(WaitProcsRequestSchema, {
      refs: [...left.values()].map((index) => wireRef(refs[index] as ProcessRef)),
      ...(seconds === null ? {} : { timeout: leftMs / 1000 }),
    });
    const messages = connection.stream({
      method: METHODS.waitProcs,
      request,
      decode: decodeWaitProcsResponse,
      options: { timeoutMs: options?.timeoutMs, signal },
      subject,
      workMs: Math.min(leftMs, MAX_TIMEOUT_MS / 2),
    });
    try {
      for await (const { gone } of messages) {
        for (const { ref, returncode } of gone) {
          const index = ref === null ? undefined : left.get(refKey(ref));
          if (ref !== null && index !== undefined) {
            left.delete(refKey(ref));
            onGone(index, returncode);
          }
        }
      }
      return;
    } catch (error) {
      // Calls have a longest time; waiting has none.
      const begunAnew = error instanceof DeadlineExceeded && options?.timeoutMs === undefined;
      if (!begunAnew || connection.now() >= until) {
        throw error;
      }
    }
  }
}
