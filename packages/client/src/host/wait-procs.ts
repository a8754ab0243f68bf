// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, describe } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { InvalidArgument } from "../errors.ts";
import { Process } from "../process/process.ts";
import { remember } from "../process/wait.ts";
import { grouped, refKey, secondsOf, waitRefs } from "../process/wait-refs.ts";

/** What Host.waitProcs takes. */
export interface WaitProcsOptions<P extends Process> extends CallOptions {
  /** Seconds to wait at most; 0 looks once. Left out: until all have ended. */
  readonly timeout?: number | undefined;
  /** Called for each process as soon as it has ended. */
  readonly callback?: ((process: EndedProcess<P>) => void) | undefined;
}

/** A process that waitProcs() saw end. */
export type EndedProcess<P extends Process = Process> = P & {
  /** Exit code, or the negative number of the signal that ended it; null where the kernel tells only its parent. */
  readonly returncode: number | null;
};

/** What waitProcs() gives. */
export interface WaitedProcesses<P extends Process = Process> {
  /** Those that have ended, in the order in which they did. */
  readonly gone: EndedProcess<P>[];
  /** Those that have not. */
  readonly alive: P[];
}

/** Host.waitProcs. */
export async function waitProcs<P extends Process>(
  connection: Connection,
  processes: Iterable<P>,
  options: WaitProcsOptions<P> | undefined,
): Promise<WaitedProcesses<P>> {
  const call = "Host.waitProcs";
  checkOptions(call, options, ["timeout", "callback"]);
  const seconds = secondsOf(call, options?.timeout);
  const { callback } = options ?? {};
  if (callback !== undefined && typeof callback !== "function") {
    throw new InvalidArgument(`${call}: callback must be a function, not ${describe(callback)}`);
  }
  const waited = [...new Set(processesOf(call, processes, connection))];
  // Two objects of one process end together, and the host hears of one.
  const groups = grouped(waited, ({ ref }) => refKey(ref));
  const refs = groups.map(([first]) => first.ref);
  const gone: EndedProcess<P>[] = [];
  const onGone = (index: number, returncode: number | null) => {
    for (const process of groups[index] ?? []) {
      const value = remember(Process.readsOf(process), returncode);
      // A Popen has one of its own, which knows more.
      if (!("returncode" in process)) {
        Object.defineProperty(process, "returncode", { value, enumerable: true, configurable: true });
      }
      const ended = process as EndedProcess<P>;
      gone.push(ended);
      callback?.(ended);
    }
  };
  await waitRefs(connection, { call, refs, seconds, options, onGone });
  const ended = new Set<P>(gone);
  return { gone, alive: waited.filter((process) => !ended.has(process)) };
}

function processesOf<P extends Process>(call: string, processes: Iterable<P>, connection: Connection): P[] {
  if (typeof processes !== "object" || processes === null || !(Symbol.iterator in processes)) {
    throw new InvalidArgument(`${call} takes a list of processes, not ${describe(processes)}`);
  }
  const list = [...processes];
  for (const process of list) {
    if (!(process instanceof Process)) {
      throw new InvalidArgument(`${call} takes processes, not ${describe(process)}`);
    }
    if (Process.readsOf(process).connection !== connection) {
      throw new InvalidArgument(`${call}: process ${process.pid} is of another Host`, { host: connection.target });
    }
  }
  return list;
}
