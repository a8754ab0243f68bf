// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "./paths.mjs";
import { Interrupted, SetupError } from "./say.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const SHOWN_LINES = 120;

function endOf(log) {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.slice(-SHOWN_LINES).join("\n");
}

/** Ends a program with everything it has started. */
function endGroup(child) {
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has just ended by itself.
  }
}

/**
 * Runs a step of the setup with its output in node_modules/.cache/hostscope/NAME.log, which is shown if it fails.
 * It has a process group of its own, so that an interrupted setup leaves nothing running behind it.
 */
export async function runLogged(name, command, args, { cwd, env }) {
  mkdirSync(CACHE, { recursive: true });
  const log = join(CACHE, `${name}.log`);
  const output = openSync(log, "w");
  let signal = null;
  const interrupt = (received) => {
    signal = received;
    endGroup(child);
  };
  const shell = process.platform === "win32";
  const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", output, output], detached: !shell });
  for (const each of SIGNALS) process.on(each, interrupt);
  try {
    const failure = await new Promise((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("exit", (code, killer) => resolve(code === 0 ? null : (killer ?? `exit code ${code}`)));
    });
    if (signal !== null) throw new Interrupted(signal);
    if (failure !== null) {
      throw new SetupError(`${name} failed (${failure}):\n${endOf(log)}\nThe whole output is in ${log}`);
    }
  } finally {
    for (const each of SIGNALS) process.off(each, interrupt);
    closeSync(output);
  }
}
