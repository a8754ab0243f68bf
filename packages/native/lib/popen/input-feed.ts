// SPDX-License-Identifier: Apache-2.0

import type { Writable } from "node:stream";
import type { PopenRequest } from "@hostscope/proto/gen/popen";
import { invalid } from "./popen-error.ts";
import type { Program } from "./spawn-program.ts";

/** Does what one message of the client says, and resolves when there is room for the next. Fails with a StatusError. */
export async function takeRequest(
  program: Program,
  { kind }: PopenRequest,
  signal: (number: number) => Promise<void>,
): Promise<void> {
  switch (kind.case) {
    case "stdin":
      return write(program.stdin, kind.value);
    case "stdinEnd":
      program.stdin.end();
      return;
    case "signal":
      return signal(kind.value);
    case "start":
      throw invalid("start", "comes once");
    default:
      throw invalid("kind", "is missing, or is not one that this version knows");
  }
}

/** What a process does not read any more is dropped, as a pipe does. */
function write(stdin: Writable, bytes: Uint8Array): Promise<void> | void {
  if (stdin.destroyed || stdin.writableEnded || stdin.write(bytes)) return;
  return new Promise((resolve) => {
    const settle = () => {
      stdin.off("drain", settle);
      stdin.off("close", settle);
      resolve();
    };
    stdin.on("drain", settle);
    stdin.on("close", settle);
  });
}
