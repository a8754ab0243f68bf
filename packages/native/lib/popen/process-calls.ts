// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { Process } from "@hostscope/proto/gen/process";
import { SendSignalRequestSchema } from "@hostscope/proto/gen/process_control";
import { KillTreeRequestSchema } from "@hostscope/proto/gen/process_tree";
import { WaitRequestSchema, WaitResponseSchema } from "@hostscope/proto/gen/process_wait";
import type { PopenHost } from "./popen-session.ts";

const WAIT = describeMethod(Process.method.wait);
const SEND_SIGNAL = describeMethod(Process.method.sendSignal);
const KILL_TREE = describeMethod(Process.method.killTree);
const KILL_MS = 5_000;
const SIGNAL_MS = 5_000;

/** What a Popen asks this machine for like any other caller. */
export function processCalls(unary: Transport["unary"]): Pick<PopenHost, "returncodeOf" | "killTree" | "signal"> {
  return {
    ...(process.platform === "win32" ? { signal: signals(unary) } : {}),
    async returncodeOf(ref: ProcessRef, signal: AbortSignal): Promise<number | null> {
      const request = toBinary(WaitRequestSchema, create(WaitRequestSchema, { ref }));
      const { exit } = fromBinary(WaitResponseSchema, await unary(WAIT, request, { signal }));
      return exit?.returncode ?? null;
    },
    killTree(ref: ProcessRef): Promise<unknown> {
      const request = toBinary(KillTreeRequestSchema, create(KillTreeRequestSchema, { ref }));
      return unary(KILL_TREE, request, { timeoutMs: KILL_MS });
    },
  };
}

/** One that has ended meanwhile is none of a caller's faults. */
function signals(unary: Transport["unary"]): NonNullable<PopenHost["signal"]> {
  return async (ref, number) => {
    const request = toBinary(SendSignalRequestSchema, create(SendSignalRequestSchema, { ref, signal: number }));
    await unary(SEND_SIGNAL, request, { timeoutMs: SIGNAL_MS }).catch((error: unknown) => {
      if (!(error instanceof StatusError && error.code === StatusCode.NOT_FOUND)) throw error;
    });
  };
}
