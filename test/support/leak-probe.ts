// SPDX-License-Identifier: Apache-2.0
// A program for test/native/leaks.spec.ts: calls every method that changes nothing on one collector of its own, first to
// warm up, then again, and prints for each method what has become more in between. Needs --expose-gc.

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescField, type DescMethod, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { allowedBytes, type Growth } from "./leak-growth.ts";

const CALLS = 400;
const MAX_MS = 700;
const AT_ONCE = 8;
const ROUNDS = 6;
const GONE_PID = 0x3fff_fff0n;

const collect = (globalThis as { gc?: () => void }).gc as () => void;

interface Request {
  readonly bytes: Uint8Array;
  readonly cancelled: boolean;
}

/** A value for a field that makes the method do its work, if we know one. */
function valueFor(field: DescField, pid: bigint): unknown {
  if (field.localName === "ref") return { pid };
  if (field.localName === "pid") return pid;
  if (field.localName === "path") return pid === GONE_PID ? "/no/such/path" : "/";
  if (field.localName === "interval") return pid === GONE_PID ? -1 : 0.001;
  if (field.fieldKind === "list" && field.listKind === "enum") return field.enum.values.slice(1).map((v) => v.number);
  if (field.fieldKind === "scalar" && field.scalar === 8) return true;
  return undefined;
}

function requestFor({ input }: DescMethod, pid: bigint): Uint8Array {
  const known = input.fields.map((field) => [field.localName, valueFor(field, pid)] as const);
  const init = Object.fromEntries(known.filter(([, value]) => value !== undefined));
  return toBinary(input, create(input, init as MessageInitShape<typeof input>));
}

/** One that works, one that cannot, one that nobody can read, and one whose caller has lost interest. */
function requestsFor(method: DescMethod): Request[] {
  const good = requestFor(method, BigInt(process.pid));
  return [
    { bytes: good, cancelled: false },
    { bytes: requestFor(method, GONE_PID), cancelled: false },
    { bytes: new Uint8Array([0xff, 0xff]), cancelled: false },
    { bytes: good, cancelled: true },
  ];
}

/** True if it was answered. */
async function call(host: Transport, method: DescMethod, { bytes, cancelled }: Request): Promise<boolean> {
  const described = describeMethod(method);
  const aborter = new AbortController();
  const options = { timeoutMs: 2_000, signal: aborter.signal };
  try {
    if (described.kind === "unary") {
      const answer = host.unary(described, bytes, options);
      if (cancelled) aborter.abort();
      await answer;
    } else {
      for await (const _ of host.serverStream(described, bytes, options)) if (cancelled) break;
    }
    return true;
  } catch {
    return false;
  }
}

/** Calls until there were enough, or the time is over. */
async function callOften(host: Transport, method: DescMethod, calls: number, maxMs: number) {
  const requests = requestsFor(method);
  const end = performance.now() + maxMs;
  const done = { calls: 0, answered: 0 };
  while (done.calls < calls && performance.now() < end) {
    const batch = Array.from({ length: AT_ONCE }, (_, at) => requests[at % requests.length] as Request);
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

async function state() {
  for (let round = 0; round < 3; round++) {
    collect();
    await sleep(1);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    files: readdirSync("/proc/self/fd").length,
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

const host = createCollector();
for (const service of [System, Process, Sensors, WinService]) {
  for (const method of service.methods as readonly DescMethod[]) {
    const { mutates, kind } = describeMethod(method);
    if (!mutates && kind !== "bidi_streaming") console.log(JSON.stringify(await growthOf(host, method)));
  }
}
await host.close();
