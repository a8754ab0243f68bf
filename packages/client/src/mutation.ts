// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MutationSchema } from "@hostscope/proto/gen/process_control";
import { type CallOptions, checkOptions, describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";

/** What every call takes that changes something. */
export interface MutationOptions extends CallOptions {
  /** Why, for the host's audit log; at most 256 bytes of UTF-8. */
  readonly reason?: string | undefined;
  /** Makes a retry safe: a repeated call with the same id gets the first one's answer instead of acting again. */
  readonly operationId?: string | undefined;
}

const MUTATION_OPTIONS = ["reason", "operationId"];
const LONGEST_REASON = 256;

/** Checks the options of a call that changes something; `own` names its own keys. Throws InvalidArgument. */
export function checkMutation(call: string, options: MutationOptions | undefined, own: readonly string[] = []): void {
  checkOptions(call, options, [...own, ...MUTATION_OPTIONS]);
  const reason: unknown = options?.reason;
  if (reason !== undefined && (typeof reason !== "string" || Buffer.byteLength(reason) > LONGEST_REASON)) {
    throw new InvalidArgument(`${call}: reason must be text of at most ${LONGEST_REASON} bytes`);
  }
  const id: unknown = options?.operationId;
  if (id !== undefined && (typeof id !== "string" || id === "")) {
    throw new InvalidArgument(`${call}: operationId must be text that is not empty, not ${describe(id)}`);
  }
}

/** Them as requests carry them. */
export function wireMutation(options: MutationOptions | undefined): MessageInitShape<typeof MutationSchema> {
  const { reason, operationId } = options ?? {};
  return { ...(reason === undefined ? {} : { reason }), ...(operationId === undefined ? {} : { operationId }) };
}
