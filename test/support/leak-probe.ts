// SPDX-License-Identifier: Apache-2.0
// A program for test/native/leaks.spec.ts: calls methods on one collector of its own, first to warm up, then again, and prints for each method what has become more in between. Needs --expose-gc.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescMethod, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { allowedBytes, FEWEST_CALLS, type Growth } from "./leak-growth.ts";
import { CALLED_METHODS, type LeakRequest, requestsFor, SIGCONT, type Subjects, servesOnce } from "./leak-requests.ts";
import { nursery } from "./nursery.ts";

const CALLS = 400;
const MAX_MS = 700;
const AT_ONCE = 8;
const ROUNDS = 6;

const collect = (globalThis as { gc?: () => void }).gc as () => void;

/** True if it was answered. */
async function call(host: Transport, method: DescMethod, { bytes, cancelled }: LeakRequest): Promise<boolean> {
  const described = describeMethod(method);
  const aborter = new AbortController();
  const options = { timeoutMs: 2_000, signal: aborter.signal };
  try {
    if (described.kind === "unary") {
      const answer = host.unary(described, bytes, options);
      if (cancelled) aborter.abort();
      await answer;
    } else {
      // What has no end of its own is left after its first message.
      const isEndless = method.name === "Watch" || method.name === "SuspendLeased";
      const answers =
        described.kind === "bidi_streaming"
          ? host.bidiStream(described, only(bytes), options)
          : host.serverStream(described, bytes, options);
      for await (const _ of answers) if (cancelled || isEndless) break;
    }
    return true;
  } catch {
    return false;
  }
}

async function* only(bytes: Uint8Array) {
  yield bytes;
}

async function batchFor(method: DescMethod): Promise<LeakRequest[]> {
  const batch: LeakRequest[] = [];
  while (batch.length < AT_ONCE) batch.push(...(await requestsFor(method, subjects)));
  return batch;
}

/** Calls until there were enough: many, or few that take long. */
async function callOften(host: Transport, method: DescMethod, calls: number, maxMs: number) {
  let batch: LeakRequest[] = [];
  const end = performance.now() + maxMs;
  const done = { calls: 0, answered: 0 };
  while (done.calls < FEWEST_CALLS || (done.calls < calls && performance.now() < end)) {
    if (batch.length === 0 || servesOnce(method)) batch = await batchFor(method);
    const answers = await Promise.all(batch.map((request) => call(host, method, request)));
    done.calls += answers.length;
    done.answered += answers.filter((answered) => answered).length;
  }
  return done;
}

/** Size of the heap of the C library. MALLOC_ARENA_MAX=1 makes it one, and V8 has its own memory elsewhere. */
function nativeHeap(): number {
  const [, from = "0", to = "0"] = /^(\w+)-(\w+) .*\[heap\]$/m.exec(readFileSync("/proc/self/maps", "utf8")) ?? [];
  return Number.parseInt(to, 16) - Number.parseInt(from, 16);
}

/** Files of processes are kept open for the next look, of as many as there are; kept-descriptors.spec.ts is about those. */
function isCounted(fd: string): boolean {
  try {
    return !/^\/proc\/\d|\[pidfd\]/.test(readlinkSync(`/proc/self/fd/${fd}`));
  } catch {
    return false; // the one of this very listing
  }
}

async function state() {
  for (let round = 0; round < 3; round++) {
    collect();
    await sleep(1);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    files: readdirSync("/proc/self/fd").filter(isCounted).length,
    threads: readdirSync("/proc/self/task").length,
    nativeBytes: nativeHeap(),
    scriptBytes: heapUsed + arrayBuffers,
  };
}

async function growthOnce(host: Transport, method: DescMethod): Promise<Growth> {
  const before = await state();
  const done = await callOften(host, method, CALLS, MAX_MS);
  const after = await state();
  return {
    ...done,
    method: describeMethod(method).path,
    files: after.files - before.files,
    threads: after.threads - before.threads,
    nativeBytes: after.nativeBytes - before.nativeBytes,
    scriptBytes: after.scriptBytes - before.scriptBytes,
  };
}

/** The least of some rounds: what leaks grows in each, a heap that has not found its size yet in the first ones only. */
async function growthOf(host: Transport, method: DescMethod): Promise<Growth> {
  await callOften(host, method, CALLS, MAX_MS);
  let least = await growthOnce(host, method);
  for (let round = 1; round < ROUNDS && !isSmall(least); round++) {
    const growth = await growthOnce(host, method);
    if (growth.nativeBytes + growth.scriptBytes < least.nativeBytes + least.scriptBytes) least = growth;
  }
  return least;
}

const isSmall = ({ calls, nativeBytes, scriptBytes }: Growth): boolean =>
  Math.max(nativeBytes, scriptBytes) < allowedBytes(calls);

const MARK = `0.${process.pid}`;
const child = spawn("sleep", ["1000", MARK], { stdio: "ignore" });
const others = await nursery();
const host = createCollector({ allowExec: true });
const preview = Process.method.previewSignal;
const subjects: Subjects = {
  own: process.pid,
  child: child.pid as number,
  mark: `sleep 1000 ${MARK}`,
  fresh: () => others.start(0),
  async token() {
    const request = create(preview.input, { selector: { cmdline: subjects.mark }, signal: SIGCONT });
    const answer = await host.unary(describeMethod(preview), toBinary(preview.input, request), { timeoutMs: 5_000 });
    const { token } = fromBinary(preview.output, answer);
    if (token === undefined) throw new Error("no leave to signal the child");
    return token;
  },
};
try {
  for (const method of CALLED_METHODS) console.log(JSON.stringify(await growthOf(host, method)));
} finally {
  child.kill("SIGKILL");
  await others.stop();
  await host.close();
}
