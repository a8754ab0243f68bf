// SPDX-License-Identifier: Apache-2.0
// What test/support/leak-probe.ts calls, and with what.

import { create, type DescField, type DescMethod, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { RlimitResource } from "@hostscope/proto/gen/process_control";
import { IoprioClass } from "@hostscope/proto/gen/process_values";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";

const GONE_PID = 0x3fff_fff0n;
export const SIGCONT = 18;

/** Processes that calls are about. */
export interface Subjects {
  /** The one that calls. */
  readonly own: number;
  /** One that runs `sleep` and stays, whatever is set or stopped; and what no other command line has in it. */
  readonly child: number;
  readonly mark: string;
  /** Starts another one, to be ended. */
  fresh(): Promise<number>;
  /** Leave to send a signal to the child, which serves once. */
  token(): Promise<string>;
}

/** What ends the process that it is about, with what it is asked besides. */
const ENDINGS: ReadonlyMap<DescMethod, object> = new Map<DescMethod, object>([
  [Process.method.terminate, {}],
  [Process.method.kill, {}],
  [Process.method.killTree, { timeout: 1, keepRoot: false }],
  [Process.method.reap, { grace: 1, timeout: 1, recursive: false }],
]);

/** Calls that no request serves twice. */
export const servesOnce = (method: DescMethod): boolean =>
  ENDINGS.has(method) || method === Process.method.commitSignal;

/** What a method needs besides a process to do its work. */
const NEEDED: ReadonlyMap<DescMethod, object> = new Map<DescMethod, object>([
  [System.method.watch, { interval: 1 }],
  [Sensors.method.watch, { interval: 1 }],
  [Process.method.watch, { interval: 1, descending: false }],
  [Process.method.wait, { timeout: 0 }],
  [Process.method.rlimit, { resource: RlimitResource.NOFILE }],
  ...ENDINGS,
  [Process.method.suspendLeased, { lease: 1 }],
  [Process.method.sendSignal, { signal: SIGCONT }],
  [Process.method.setNice, { nice: 5 }],
  [Process.method.setIonice, { ionice: { ioclass: IoprioClass.IDLE } }],
  [Process.method.setCpuAffinity, { cpus: [0] }],
  [Process.method.setRlimit, { resource: RlimitResource.CORE, limits: { soft: 0n, hard: 0n } }],
]);

/** Every method there is. */
export const CALLED_METHODS: readonly DescMethod[] = [System, Process, Sensors, WinService].flatMap(
  (service) => service.methods as readonly DescMethod[],
);

export interface LeakRequest {
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

async function requestFor(method: DescMethod, pid: bigint, subjects: Subjects): Promise<Uint8Array> {
  const { input } = method;
  const known = input.fields.map((field) => [field.localName, valueFor(field, pid)] as const);
  const needed = { ...NEEDED.get(method), ...(await neededNow(method, pid, subjects)) };
  const init = { ...Object.fromEntries(known.filter(([, value]) => value !== undefined)), ...needed };
  return toBinary(input, create(input, init as MessageInitShape<typeof input>));
}

/** What is needed and cannot be known before. */
async function neededNow(method: DescMethod, pid: bigint, { mark, token }: Subjects): Promise<object> {
  const isGood = pid !== GONE_PID;
  if (method === Process.method.previewSignal) return { selector: { cmdline: isGood ? mark : "" }, signal: SIGCONT };
  if (method === Process.method.commitSignal) return { token: isGood ? await token() : "of nobody" };
  if (method !== Process.method.popen) return {};
  return { kind: { case: "start", value: { args: [isGood ? "/bin/true" : "/no/such/program"] } } };
}

/** One that works, one that cannot, one that nobody can read, and one whose caller has lost interest. */
export async function requestsFor(method: DescMethod, subjects: Subjects): Promise<LeakRequest[]> {
  const { mutates } = describeMethod(method);
  const target = ENDINGS.has(method) ? await subjects.fresh() : mutates ? subjects.child : subjects.own;
  const good = await requestFor(method, BigInt(target), subjects);
  return [
    { bytes: good, cancelled: false },
    { bytes: await requestFor(method, GONE_PID, subjects), cancelled: false },
    { bytes: new Uint8Array([0xff, 0xff]), cancelled: false },
    { bytes: good, cancelled: true },
  ];
}
