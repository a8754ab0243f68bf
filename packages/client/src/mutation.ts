// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MutationSchema } from "@hostscope/proto/gen/process_control";
import { type CallOptions, checkOptions, describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";

/** What every call takes that changes something. */
export interface MutationOptions extends CallOptions {
  /** Why, for the host's audit log; at most 256 bytes of UTF-8. */
  readonly reason?: string | undefined;
  /**
   * Makes a retry safe; 1 to 128 bytes, unique to what is to be done, such as a random UUID. A call that failed with
   * HostUnreachable or DeadlineExceeded may be made again with the same id and the same arguments: it acts if the first
   * one did not, and gets its answer if it did, for ten minutes and across restarts of the agent. Aborted with code
   * "operation_unknown" if nobody can tell; FailedPrecondition with "operation_conflict" if the id was used for something
   * else.
   */
  readonly operationId?: string | undefined;
}

const MUTATION_OPTIONS = ["reason", "operationId"];
const LONGEST_REASON = 256;
const LONGEST_ID = 128;

/** Checks the options of a call that changes something; `own` names its own keys. Throws InvalidArgument. */
export function checkMutation(call: string, options: MutationOptions | undefined, own: readonly string[] = []): void {
  checkOptions(call, options, [...own, ...MUTATION_OPTIONS]);
  const reason: unknown = options?.reason;
  if (reason !== undefined && (typeof reason !== "string" || Buffer.byteLength(reason) > LONGEST_REASON)) {
    throw new InvalidArgument(`${call}: reason must be text of at most ${LONGEST_REASON} bytes`);
  }
  const id: unknown = options?.operationId;
  if (id !== undefined && (typeof id !== "string" || id === "" || Buffer.byteLength(id) > LONGEST_ID)) {
    throw new InvalidArgument(`${call}: operationId must be text of 1 to ${LONGEST_ID} bytes, not ${describe(id)}`);
  }
}

/** Them as requests carry them. */
export function wireMutation(options: MutationOptions | undefined): MessageInitShape<typeof MutationSchema> {
  const { reason, operationId } = options ?? {};
  return { ...(reason === undefined ? {} : { reason }), ...(operationId === undefined ? {} : { operationId }) };
}
