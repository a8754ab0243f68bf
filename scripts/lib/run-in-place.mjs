// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { forwardSignals } from "./forward-signals.mjs";

/**
 * Runs Node with these arguments as if it were this process: same terminal, same signals, same end.
 * Resolves when it has ended.
 */
export async function runInPlace(args) {
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const stopForwarding = forwardSignals(child);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (...end) => resolve(end));
  });
  stopForwarding();
  if (signal !== null) process.kill(process.pid, signal);
  else process.exitCode = code;
}
