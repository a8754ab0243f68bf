// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describeMethod, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { Process } from "@hostscope/proto/gen/process";
import { WaitRequestSchema, WaitResponseSchema } from "@hostscope/proto/gen/process_wait";

const WAIT = describeMethod(Process.method.wait);

/** Asks this machine's own Process.Wait. */
export function waitForReturncode(transport: Pick<Transport, "unary">) {
  return async (ref: ProcessRef, signal: AbortSignal): Promise<number | null> => {
    const request = toBinary(WaitRequestSchema, create(WaitRequestSchema, { ref }));
    const { exit } = fromBinary(WaitResponseSchema, await transport.unary(WAIT, request, { signal }));
    return exit?.returncode ?? null;
  };
}
