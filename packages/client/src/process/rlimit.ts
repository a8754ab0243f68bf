// SPDX-License-Identifier: Apache-2.0

import { RlimitRequestSchema, type RlimitResource as RlimitResourceNumber } from "@hostscope/proto/gen/process_control";
import { type CallOptions, choice } from "../call-options.ts";
import { RLIM_INFINITY } from "../constants/rlimit.ts";
import { InternalError } from "../errors.ts";
import {
  decodeRlimitResponse,
  RLIMIT_RESOURCE_NUMBERS,
  type RlimitResource,
} from "../gen/hostscope/v1/process_control_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/** What Process.rlimit takes: the RLIMIT_* constants. */
export type LimitedResource = Exclude<RlimitResource, "unspecified">;

/** One Process.Rlimit. */
export async function readRlimit(
  { connection, ref, subject }: ProcessReads,
  resource: LimitedResource,
  options: CallOptions | undefined,
): Promise<[soft: bigint, hard: bigint]> {
  const number = choice("Process.rlimit", "resource", resource, RLIMIT_RESOURCE_NUMBERS) as RlimitResourceNumber;
  const { limits } = await connection.unary({
    method: METHODS.rlimit,
    request: encode(RlimitRequestSchema, { ref: wireRef(ref), resource: number }),
    decode: decodeRlimitResponse,
    options,
    subject,
  });
  if (limits === null) {
    throw new InternalError(`the answer of ${connection.target} for rlimit is empty`, { host: connection.target });
  }
  return [limitOf(limits.soft), limitOf(limits.hard)];
}

function limitOf(text: string | null): bigint {
  return text === null ? RLIM_INFINITY : BigInt(text);
}
