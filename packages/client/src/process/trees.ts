// SPDX-License-Identifier: Apache-2.0

import { KillTreeRequestSchema, ReapRequestSchema } from "@hostscope/proto/gen/process_tree";
import { describe, flag } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import {
  decodeKillTreeResponse,
  decodeReapResponse,
  type KillTreeResponse,
  type ReapResponse,
} from "../gen/hostscope/v1/process_tree_plain.ts";
import { METHODS } from "../methods.ts";
import { checkMutation, type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/** What Process.killTree takes. */
export interface KillTreeOptions extends MutationOptions {
  /** Seconds to wait for the ends, from 0 to 60. @default 5 */
  readonly timeout?: number | undefined;
  /** True to leave this process itself alone and end only what descends from it. @default false */
  readonly keepRoot?: boolean | undefined;
}

/** What Process.reap takes. */
export interface ReapOptions extends MutationOptions {
  /** Seconds the children get after SIGTERM before SIGKILL, from 0 to 60. @default 3 */
  readonly grace?: number | undefined;
  /** Seconds to wait for the ends after SIGKILL, from 0 to 60. @default 3 */
  readonly timeout?: number | undefined;
  /** True for all descendants, false for children only. @default false */
  readonly recursive?: boolean | undefined;
}

const MOST_SECONDS = 60;

/** One Process.KillTree. */
export async function killTree(
  { connection, ref, subject }: ProcessReads,
  options: KillTreeOptions | undefined,
): Promise<KillTreeResponse> {
  checkMutation("Process.killTree", options, ["timeout", "keepRoot"]);
  const timeout = seconds("Process.killTree", "timeout", options?.timeout, 5);
  const keepRoot = flag("Process.killTree", "keepRoot", options?.keepRoot);
  return connection.unary({
    method: METHODS.killTree,
    request: encode(KillTreeRequestSchema, { ref: wireRef(ref), timeout, keepRoot, mutation: wireMutation(options) }),
    decode: decodeKillTreeResponse,
    options,
    subject,
    workMs: timeout * 1000,
  });
}

/** One Process.Reap. */
export async function reap(
  { connection, ref, subject }: ProcessReads,
  options: ReapOptions | undefined,
): Promise<ReapResponse> {
  checkMutation("Process.reap", options, ["grace", "timeout", "recursive"]);
  const grace = seconds("Process.reap", "grace", options?.grace, 3);
  const timeout = seconds("Process.reap", "timeout", options?.timeout, 3);
  const recursive = flag("Process.reap", "recursive", options?.recursive);
  return connection.unary({
    method: METHODS.reap,
    request: encode(ReapRequestSchema, {
      ref: wireRef(ref),
      grace,
      timeout,
      recursive,
      mutation: wireMutation(options),
    }),
    decode: decodeReapResponse,
    options,
    subject,
    workMs: (grace + timeout) * 1000,
  });
}

function seconds(call: string, name: string, value: number | undefined, otherwise: number): number {
  if (value !== undefined && !(typeof value === "number" && value >= 0 && value <= MOST_SECONDS)) {
    throw new InvalidArgument(`${call}: ${name} must be from 0 to ${MOST_SECONDS} seconds, not ${describe(value)}`);
  }
  return value ?? otherwise;
}
