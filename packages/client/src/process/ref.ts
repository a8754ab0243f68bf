// SPDX-License-Identifier: Apache-2.0

import { describe } from "../call-options.ts";
import { InvalidArgument, NoSuchProcess } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";

/** A ref in the form of protobuf-es. */
export interface WireRef {
  pid: bigint;
  start?: bigint;
  pidfdInode?: bigint;
  boot?: number;
}

const MAX_UINT64 = (1n << 64n) - 1n;
const MAX_UINT32 = 2 ** 32 - 1;

/**
 * Checks a pid that a caller gave. Throws InvalidArgument if it is not an integer or negative, as psutil's TypeError
 * and ValueError, and NoSuchProcess if no kernel could have it.
 */
export function checkPid(host: string, pid: unknown): number {
  if (!isWhole(pid)) {
    throw new InvalidArgument(`a pid must be an integer, not ${describe(pid)}`, { host });
  }
  if (pid < 0) {
    throw new InvalidArgument(`a pid must not be negative: ${pid}`, { host });
  }
  if (pid > Number.MAX_SAFE_INTEGER) {
    throw new NoSuchProcess(`no process with pid ${pid} on ${host}`, { host, pid });
  }
  return pid;
}

/** Whether a value is an integer of any size. */
export function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

/** Checks a pid or ref that a caller gave; a bare pid becomes a ref without marks. Throws like checkPid(). */
export function checkRef(host: string, given: number | ProcessRef): ProcessRef {
  if (typeof given !== "object" || given === null) {
    return { pid: checkPid(host, given), start: null, pidfdInode: null, boot: null };
  }
  const pid = checkPid(host, given.pid);
  const boot = given.boot ?? null;
  if (boot !== null && !(isWhole(boot) && boot >= 0 && boot <= MAX_UINT32)) {
    throw new InvalidArgument(`boot mark of a ref must be an unsigned 32-bit number or null, not ${describe(boot)}`);
  }
  return { pid, start: checkMark("start", given.start), pidfdInode: checkMark("pidfdInode", given.pidfdInode), boot };
}

/** A ref as requests carry it. */
export function wireRef({ pid, start, pidfdInode, boot }: ProcessRef): WireRef {
  return {
    pid: BigInt(pid),
    ...(start === null ? {} : { start: BigInt(start) }),
    ...(pidfdInode === null ? {} : { pidfdInode: BigInt(pidfdInode) }),
    ...(boot === null ? {} : { boot }),
  };
}

/** Whether two refs of one host are the same process: a mark that either lacks counts as equal. */
export function sameProcess(a: ProcessRef, b: ProcessRef): boolean {
  return a.pid === b.pid && agree(a.start, b.start) && agree(a.pidfdInode, b.pidfdInode) && agree(a.boot, b.boot);
}

function agree<T>(a: T | null, b: T | null): boolean {
  return a === null || b === null || a === b;
}

function checkMark(name: string, mark: string | null | undefined): string | null {
  if (mark === null || mark === undefined) {
    return null;
  }
  if (typeof mark !== "string" || !/^\d{1,20}$/.test(mark) || BigInt(mark) > MAX_UINT64) {
    throw new InvalidArgument(`${name} mark of a ref must be a decimal string or null, not ${describe(mark)}`);
  }
  return mark;
}
