// SPDX-License-Identifier: Apache-2.0
// Which members of the SDK were called and gave an answer, as docs/support.md names them: "host.cpuTimes", "process.name".

import { Host, Process } from "@hostscope/client";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Classes of the SDK by the owner that the page gives their members. */
const OWNERS = new Map<object, string>();
/** Those whose objects only come out of calls. */
const FOUND: Readonly<Record<string, string>> = { SignalPreview: "preview", WindowsService: "service" };
/** Members that read without and set with an argument are a call of their own then. */
const SETTERS: Readonly<Record<string, readonly [rpc: string, isSetting: (args: readonly unknown[]) => boolean]>> = {
  "process.nice": ["Process.SetNice", ([value]) => typeof value === "number"],
  "process.ionice": ["Process.SetIonice", ([ioclass]) => typeof ioclass === "string" || typeof ioclass === "number"],
  "process.cpuAffinity": ["Process.SetCpuAffinity", ([cpus]) => Array.isArray(cpus)],
  "process.rlimit": ["Process.SetRlimit", ([, limits]) => Array.isArray(limits)],
  "process.suspend": [
    "Process.SuspendLeased",
    ([options]) => (options as { lease?: unknown } | undefined)?.lease != null,
  ],
};

let called: Set<string> | null = null;

/** What was called and answered while `work` ran. */
export async function whileCalling(work: () => unknown): Promise<ReadonlySet<string>> {
  const mine = new Set<string>();
  called = mine;
  try {
    await work();
    return mine;
  } finally {
    called = null;
  }
}

/** Takes down a call that was not made through the SDK, by its RPC: "Process.IsRunning". */
export function takeDown(member: string): void {
  called?.add(member);
}

/** Whether a value tells anything. */
function isAnswer(value: unknown): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== "object" || value === undefined) return true;
  return Object.getPrototypeOf(value) !== Object.prototype || Object.keys(value).length > 0;
}

function takeDownAttributes(owner: string, values: object): void {
  for (const [name, value] of Object.entries(values)) if (isAnswer(value)) takeDown(`${owner}.${name}`);
}

/** What comes out of calls has members, too. */
function look(value: unknown, depth = 0): void {
  if (typeof value !== "object" || value === null || depth > 2) return;
  if (Array.isArray(value)) {
    look(value[0], depth + 1);
    return;
  }
  const owner = FOUND[value.constructor?.name];
  if (owner !== undefined) listen(value.constructor.prototype, owner);
  if (value instanceof Process) {
    takeDown("process.pid");
    if ("info" in value && value.info !== undefined) takeDownAttributes("process", value.info as object);
  }
}

function answered(member: string, value: unknown): void {
  look(value);
  if (!isAnswer(value)) return;
  takeDown(member);
  if (/^(process|service)\.asDict$/.test(member)) takeDownAttributes(member.replace(".asDict", ""), value as object);
}

/** An iterable whose first value is an answer. */
async function* each(member: string, values: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const value of values) {
    answered(member, value);
    yield value;
  }
}

function heard(member: string, method: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const setter = SETTERS[member];
    const name = setter?.[1](args) === true ? setter[0] : member;
    const result = method.apply(this, args);
    if (called === null || typeof result !== "object" || result === null) return result;
    if (result instanceof Promise) {
      result.then(
        (value) => answered(name, value),
        () => {},
      );
      return result;
    }
    return Symbol.asyncIterator in result ? each(name, result as AsyncIterable<unknown>) : result;
  };
}

/** Has every public method of a class tell of its answers. */
function listen(prototype: object, owner: string): void {
  if (OWNERS.has(prototype)) return;
  OWNERS.set(prototype, owner);
  const seen = new Set(["constructor", "close"]);
  for (let at = prototype; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const method = Object.getOwnPropertyDescriptor(at, name)?.value as unknown;
      if (seen.has(name) || typeof method !== "function") continue;
      seen.add(name);
      Object.defineProperty(prototype, name, {
        value: heard(`${owner}.${name}`, method as Method),
        configurable: true,
        writable: true,
      });
    }
  }
}

listen(Host.prototype, "host");
listen(Process.prototype, "process");
