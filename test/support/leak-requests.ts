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
const SIGCONT = 18;

/** What changes the process that it is about, and leaves it as it is when it is done again. */
const SETTINGS: readonly DescMethod[] = [
  Process.method.sendSignal,
  Process.method.suspend,
  Process.method.resume,
  Process.method.setNice,
  Process.method.setIonice,
  Process.method.setCpuAffinity,
  Process.method.setRlimit,
];

/** What a method needs besides a process to do its work. */
const NEEDED: ReadonlyMap<DescMethod, object> = new Map<DescMethod, object>([
  [System.method.watch, { interval: 1 }],
  [Sensors.method.watch, { interval: 1 }],
  [Process.method.watch, { interval: 1, descending: false }],
  [Process.method.wait, { timeout: 0 }],
  [Process.method.rlimit, { resource: RlimitResource.NOFILE }],
  [Process.method.previewSignal, { selector: { name: "sleep" }, signal: SIGCONT }],
  [Process.method.sendSignal, { signal: SIGCONT }],
  [Process.method.setNice, { nice: 5 }],
  [Process.method.setIonice, { ionice: { ioclass: IoprioClass.IDLE } }],
  [Process.method.setCpuAffinity, { cpus: [0] }],
  [Process.method.setRlimit, { resource: RlimitResource.CORE, limits: { soft: 0n, hard: 0n } }],
]);

/** Every method of one answer or a stream that changes nothing, and those that set something of a process. */
export const CALLED_METHODS: readonly DescMethod[] = [System, Process, Sensors, WinService]
  .flatMap((service) => service.methods as readonly DescMethod[])
  .filter((method) => {
    const { mutates, kind } = describeMethod(method);
    return (!mutates || SETTINGS.includes(method)) && kind !== "bidi_streaming";
  });

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

function requestFor(method: DescMethod, pid: bigint): Uint8Array {
  const { input } = method;
  const known = input.fields.map((field) => [field.localName, valueFor(field, pid)] as const);
  const init = { ...Object.fromEntries(known.filter(([, value]) => value !== undefined)), ...NEEDED.get(method) };
  return toBinary(input, create(input, init as MessageInitShape<typeof input>));
}

/** One that works, one that cannot, one that nobody can read, and one whose caller has lost interest. */
export function requestsFor(method: DescMethod, ownPid: number, childPid: number): LeakRequest[] {
  const good = requestFor(method, BigInt(SETTINGS.includes(method) ? childPid : ownPid));
  return [
    { bytes: good, cancelled: false },
    { bytes: requestFor(method, GONE_PID), cancelled: false },
    { bytes: new Uint8Array([0xff, 0xff]), cancelled: false },
    { bytes: good, cancelled: true },
  ];
}
