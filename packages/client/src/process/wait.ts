// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { TimeoutExpired } from "../errors.ts";
import type { ProcessReads } from "./reads.ts";
import { grouped, refKey, secondsOf, waitRefs } from "./wait-refs.ts";

/** What is known of how processes ended: once it is collected, no kernel tells again. */
const returncodes = new WeakMap<ProcessReads, number>();

/** The returncode to give: what is known by now, whoever heard of it. */
export function remember(reads: ProcessReads, returncode: number | null): number | null {
  if (returncode !== null) {
    returncodes.set(reads, returncode);
  }
  return returncode ?? returncodes.get(reads) ?? null;
}

/** Waits that will travel as one call. */
interface Batch {
  readonly seconds: number | null;
  readonly options: CallOptions | undefined;
  readonly waits: Wait[];
}

interface Wait {
  readonly reads: ProcessReads;
  resolve(returncode: number | null): void;
  reject(error: unknown): void;
}

const batches = new WeakMap<Connection, Batch[]>();

/** Process.wait. Those of one tick with the same options are one call: a connection has only so many at a time. */
export function waitForEnd(
  reads: ProcessReads,
  timeout: number | undefined,
  options: CallOptions | undefined,
): Promise<number | null> {
  const seconds = secondsOf("Process.wait", timeout);
  const known = returncodes.get(reads);
  if (known !== undefined) {
    return Promise.resolve(known);
  }
  const open = batches.get(reads.connection) ?? [];
  batches.set(reads.connection, open);
  let batch = open.find(
    (other) =>
      other.seconds === seconds &&
      other.options?.timeoutMs === options?.timeoutMs &&
      other.options?.signal === options?.signal,
  );
  if (batch === undefined) {
    const begun: Batch = { seconds, options, waits: [] };
    batch = begun;
    open.push(begun);
    // In a microtask: by then the caller's tick has asked for all it wants.
    void Promise.resolve().then(() => {
      open.splice(open.indexOf(begun), 1);
      return send(reads.connection, begun);
    });
  }
  const { waits } = batch;
  return new Promise((resolve, reject) => waits.push({ reads, resolve, reject }));
}

async function send(connection: Connection, { seconds, options, waits }: Batch): Promise<void> {
  const groups = grouped(waits, ({ reads }) => refKey(reads.ref));
  const refs = groups.map(([first]) => first.reads.ref);
  const subject = waits.length === 1 ? waits[0]?.reads.subject : undefined;
  const onGone = (index: number, returncode: number | null) => {
    for (const { reads, resolve } of groups[index] ?? []) {
      resolve(remember(reads, returncode));
    }
  };
  try {
    await waitRefs(connection, { call: "Process.wait", refs, seconds, options, subject, onGone });
    for (const { reads, reject } of waits) {
      const { pid } = reads.ref;
      const message = `process ${pid} on ${connection.target} has not ended within ${seconds} s`;
      reject(new TimeoutExpired(message, { ...reads.owner, seconds }));
    }
  } catch (error) {
    for (const { reject } of waits) {
      reject(error);
    }
  }
}
