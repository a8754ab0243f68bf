// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describeMethod, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { Process } from "@hostscope/proto/gen/process";
import { KillTreeRequestSchema } from "@hostscope/proto/gen/process_tree";
import { WaitRequestSchema, WaitResponseSchema } from "@hostscope/proto/gen/process_wait";
import type { PopenHost } from "./popen-session.ts";

const WAIT = describeMethod(Process.method.wait);
const KILL_TREE = describeMethod(Process.method.killTree);
const KILL_MS = 5_000;

/** What a Popen asks this machine for like any other caller. */
export function processCalls(unary: Transport["unary"]): Pick<PopenHost, "returncodeOf" | "killTree"> {
  return {
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
