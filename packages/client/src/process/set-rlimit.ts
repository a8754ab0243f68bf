// SPDX-License-Identifier: Apache-2.0

import {
  type RlimitResource as RlimitResourceNumber,
  SetRlimitRequestSchema,
} from "@hostscope/proto/gen/process_control";
import { choice, describe } from "../call-options.ts";
import { RLIM_INFINITY } from "../constants/rlimit.ts";
import { InvalidArgument } from "../errors.ts";
import {
  decodeSetRlimitResponse,
  RLIMIT_RESOURCE_NUMBERS,
  type SetRlimitResponse,
} from "../gen/hostscope/v1/process_control_plain.ts";
import { METHODS } from "../methods.ts";
import { type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/** A soft and a hard limit; RLIM_INFINITY, or -1, for none. */
export type LimitPair = readonly [soft: bigint | number, hard: bigint | number];

const MAX_LIMIT = (1n << 64n) - 1n;

/** One Process.SetRlimit. */
export function setRlimit(
  { connection, ref, subject }: ProcessReads,
  resource: string,
  limits: LimitPair,
  options: MutationOptions | undefined,
): Promise<SetRlimitResponse> {
  const number = choice("Process.rlimit", "resource", resource, RLIMIT_RESOURCE_NUMBERS) as RlimitResourceNumber;
  if (!Array.isArray(limits) || limits.length !== 2) {
    throw new InvalidArgument(`Process.rlimit takes limits as [soft, hard], not ${describe(limits)}`);
  }
  const [soft, hard] = [limitOf(limits[0]), limitOf(limits[1])];
  if (hard !== null && (soft === null || soft > hard)) {
    throw new InvalidArgument("Process.rlimit: the soft limit must not be above the hard one");
  }
  const request = encode(SetRlimitRequestSchema, {
    ref: wireRef(ref),
    resource: number,
    limits: { ...(soft === null ? {} : { soft }), ...(hard === null ? {} : { hard }) },
    mutation: wireMutation(options),
  });
  return connection.unary({ method: METHODS.setRlimit, request, decode: decodeSetRlimitResponse, options, subject });
}

/** A limit as requests carry it: null for none. */
function limitOf(given: unknown): bigint | null {
  const whole = typeof given === "bigint" || (typeof given === "number" && Number.isSafeInteger(given));
  const limit = whole ? BigInt(given) : null;
  if (limit === null || limit < RLIM_INFINITY || limit > MAX_LIMIT) {
    throw new InvalidArgument(`Process.rlimit: a limit is a whole number, 0 or more, or -1, not ${describe(given)}`);
  }
  // The kernel's own number for "none" is the largest there is.
  return limit === RLIM_INFINITY || limit === MAX_LIMIT ? null : limit;
}
