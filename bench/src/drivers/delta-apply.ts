// SPDX-License-Identifier: Apache-2.0

// Usage: delta-apply.ts hostscope|protobuf-es. Takes in deltas of 50 changed rows of a table of 1,000, with 14
// attributes; answers with the milliseconds that one takes.
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { createHost, type ProcessAttributeName, StatusCode, StatusError, type Transport } from "@hostscope/client";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";
import { ProcessWatchResponseSchema as Response, WatchKind } from "@hostscope/proto/gen/process_watch";
import { answerLines } from "./answer-lines.ts";

const [mode = ""] = process.argv.slice(2);
const ROWS = 1000;
const CHANGED = 50;
const DELTAS = 200;
const ATTRS = [
  ...["pid", "name", "status", "cpuTimes", "memoryInfo", "createTime", "ppid", "numThreads", "username", "cmdline"],
  ...["exe", "numCtxSwitches", "ioCounters", "cpuPercent"],
] as ProcessAttributeName[];

type Row = NonNullable<NonNullable<MessageInitShape<typeof Response>["changes"]>[number]["process"]>;

const refOf = (pid: number) => ({
  pid: BigInt(pid),
  start: BigInt(1000 + pid),
  pidfdInode: BigInt(90_000 + pid),
  boot: 7,
});

/** What changes of a process that does something. */
const moving = (pid: number, at: number): Row => ({
  ref: refOf(pid),
  cpuTimes: { user: at / 100, system: at / 300, childrenUser: 0, childrenSystem: 0 },
  cpuPercent: { percent: (at % 1000) / 10, interval: 1.0003 },
  memoryInfo: {
    rss: BigInt(1e7 + 4096 * at),
    vms: BigInt(5e8),
    shared: 4_000_000n,
    text: 9_000_000n,
    data: BigInt(3e7 + at),
  },
  numCtxSwitches: { voluntary: BigInt(at * 7), involuntary: BigInt(at) },
  ioCounters: {
    readCount: BigInt(at * 3),
    writeCount: BigInt(at),
    readBytes: BigInt(at * 900),
    writeBytes: BigInt(at * 40),
  },
});
const whole = (pid: number): Row => ({
  ...moving(pid, pid),
  pid: BigInt(pid),
  ppid: 1n,
  name: `worker-${pid}`,
  status: ProcessStatus.SLEEPING,
  createTime: 1.7e9 + pid,
  numThreads: 4,
  username: "www-data",
  cmdline: ["/usr/sbin/worker", "--id", String(pid)],
  exe: "/usr/sbin/worker",
});
const bytesOf = (message: MessageInitShape<typeof Response>) => toBinary(Response, create(Response, message));
const delta = (at: number) =>
  bytesOf({
    kind: WatchKind.DELTA,
    sequence: BigInt(at + 2),
    sample: { time: 1.7e9 + at, monotonicNs: BigInt(at) },
    interval: 1,
    changes: Array.from({ length: CHANGED }, (_, i) => ({ process: moving(1 + ((at * 7 + i * 19) % ROWS), at) })),
  });
const snapshot = bytesOf({
  kind: WatchKind.SNAPSHOT,
  sequence: 1n,
  changes: Array.from({ length: ROWS }, (_, at) => ({ process: whole(at + 1) })),
});
const deltas = Array.from({ length: DELTAS }, (_, at) => delta(at));

/** A host that tells all deltas one after the other each time it is let go. */
class Told implements Transport {
  #go = () => {};
  #done = () => {};

  async *serverStream() {
    yield snapshot;
    for (;;) {
      await new Promise<void>((resolve) => {
        this.#go = resolve;
      });
      yield* deltas;
      this.#done();
    }
  }

  /** Ends when all are taken in. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#go();
    });
  }

  unary(): Promise<Uint8Array> {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "one stream alone");
  }

  bidiStream(): AsyncIterable<Uint8Array> {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "one stream alone");
  }

  async close(): Promise<void> {}
}

async function each(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / DELTAS;
}

if (mode === "hostscope") {
  const told = new Told();
  const table = await createHost(told).processTable({ attrs: ATTRS });
  let changes = 0;
  table.on("change", () => changes++);
  await answerLines(async () => {
    changes = 0;
    const ms = await each(() => told.run());
    if (table.rows.size !== ROWS || changes !== CHANGED * DELTAS) throw new Error(`${changes} changes were told`);
    return ms;
  });
} else {
  await answerLines(() =>
    each(() => {
      for (const bytes of deltas) {
        if (fromBinary(Response, bytes).changes.length !== CHANGED) throw new Error("not all rows");
      }
    }),
  );
}
process.exit(0);
