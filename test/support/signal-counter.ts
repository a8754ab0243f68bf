// SPDX-License-Identifier: Apache-2.0

import { createInterface } from "node:readline";
import { pythonProcess, type TestProcess } from "./hostile-process.ts";

/** First and last of the signals that are counted: real-time ones, of which the kernel loses and merges none. */
export const COUNTED = { first: 36, last: 60 } as const;

// Of signals that wait, the kernel gives the lowest number first: after this one there is none.
const DONE = 61;

/** A process that counts the signals it gets. */
export interface SignalCounter extends TestProcess {
  /** How often each signal came so far, by number. */
  counts(): Promise<ReadonlyMap<number, number>>;
  /** Resolves when so many signals have come. */
  reached(total: number): Promise<void>;
}

/** Starts one; its command line ends with `args`. */
export async function signalCounter(...args: string[]): Promise<SignalCounter> {
  const victim = await pythonProcess(
    `
wanted = set(range(${COUNTED.first}, ${DONE} + 1))
signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
print("ready", flush=True)
while True: print(signal.sigwaitinfo(wanted).si_signo, flush=True)
`,
    args,
  );
  const counts = new Map<number, number>();
  let done = () => {};
  let total = 0;
  let waiting = { total: Number.POSITIVE_INFINITY, resolve: () => {} };
  createInterface({ input: victim.child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    const number = Number(line);
    if (number === DONE) {
      done();
      return;
    }
    counts.set(number, (counts.get(number) ?? 0) + 1);
    total += 1;
    if (total >= waiting.total) waiting.resolve();
  });
  return {
    ...victim,
    async counts() {
      await new Promise<void>((resolve) => {
        done = resolve;
        process.kill(victim.pid, DONE);
      });
      return new Map(counts);
    },
    reached: (wanted) =>
      new Promise((resolve) => {
        if (total >= wanted) resolve();
        else waiting = { total: wanted, resolve };
      }),
  };
}
