// SPDX-License-Identifier: Apache-2.0

import { StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { reasonOf } from "../failure.ts";

/** How a call failed, Throws what is no StatusError. */
export async function statusOf(call: Promise<unknown>): Promise<{ code: number; reason: string; error: StatusError }> {
  const error = await call.then(
    (value) => new Error(`it succeeded with ${value}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StatusError)) throw error;
  return { code: error.code, reason: nameOfReason(reasonOf(error)), error };
}

/** Name of a reason, e.g. "OVERLOADED". */
export function nameOfReason(reason: ErrorReason): string {
  return Object.entries(ErrorReason).find(([, number]) => number === reason)?.[0] ?? String(reason);
}
