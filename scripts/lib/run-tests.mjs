// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { forwardSignals } from "./forward-signals.mjs";
import { endProcessesWith, processesWith } from "./marked-processes.mjs";
import { ROOT } from "./paths.mjs";

import { tsxFlags } from "./tsx-flags.mjs";

/** Carries the id of the run to every process that a test starts. */
const MARK = "HOSTSCOPE_TEST_RUN";
/** How long a process may take to end after the tests. */
const PATIENCE_MS = 3_000;
/** How long the tests may take to stop after a signal that tells them to. */
const HURRY_MS = 8_000;

/**
 * Counts what the reporter tells; `running` is the test or hook that was begun last, `reasons` why so many were skipped,
 * by reason, null if none is given.
 */
export function createTally() {
  const tally = { passed: 0, failed: 0, skipped: 0, reasons: new Map(), running: null, isComplete: false };
  const on = {
    start: (title) => (tally.running = title),
    pass: () => tally.passed++,
    fail: () => tally.failed++,
    skip: (_, reason) => {
      tally.skipped++;
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    },
    end: () => (tally.isComplete = true),
  };
  tally.record = ({ event, title, reason }) => void on[event]?.(title, reason);
  return tally;
}

const list = (processes) => processes.map(({ pid, command }) => `  ${pid} ${command}`).join("\n");

/**
 * Runs Mocha, then `finish`, which ends what outlives each test on purpose, and returns its counts and `problems`:
 * everything else that makes this run a failure, in words. Never longer than `limitMs`, whatever hangs.
 */
export async function runTests(mochaArgs, { limitMs, cwd = ROOT, finish = () => {} }) {
  const run = randomUUID();
  const main = join(ROOT, "scripts", "lib", "mocha-main.mjs");
  const child = spawn(process.execPath, [...tsxFlags(), main, ...mochaArgs], {
    cwd,
    env: { ...process.env, [MARK]: run },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const tally = createTally();
  const problems = [];
  child.on("message", tally.record);
  const watchdog = setTimeout(() => {
    const running = list(processesWith(MARK, run));
    problems.push(`no end after ${limitMs / 1000} s; last begun: ${tally.running}; processes:\n${running}`);
    child.kill("SIGKILL");
  }, limitMs);
  const stopForwarding = forwardSignals(child);
  const hurry = () => setTimeout(() => child.kill("SIGKILL"), HURRY_MS).unref();
  process.once("SIGINT", hurry).once("SIGTERM", hurry);
  const [code, signal] = await new Promise((resolve) => {
    child.on("close", (...ended) => resolve(ended));
    child.on("error", (error) => resolve([error.message, null]));
  });
  clearTimeout(watchdog);
  stopForwarding();
  process.off("SIGINT", hurry).off("SIGTERM", hurry);
  if (!tally.isComplete) {
    problems.push(`the tests ended early (${signal ?? code}), in: ${tally.running ?? "loading the test files"}`);
  } else if (code !== 0 && tally.failed === 0) {
    problems.push(`no test failed, but their process ended with ${signal ?? code}`);
  }
  await finish();
  const left = await endProcessesWith(MARK, run, PATIENCE_MS);
  if (left.length > 0) problems.push(`tests left processes running:\n${list(left)}`);
  return { ...tally, problems };
}
