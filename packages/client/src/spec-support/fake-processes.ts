// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import type { ProcessInfoSchema } from "@hostscope/proto/gen/process_info";
import { Connection } from "../connection.ts";
import { Host } from "../host/host.ts";
import { FakeTransport } from "./fake-transport.ts";

type Row = MessageInitShape<typeof ProcessInfoSchema>;

/** A host with processes that a test changes as it goes. Its clock moves only by `now`. */
export class FakeProcesses extends FakeTransport {
  /** Rows by pid; what a row lacks has no value. */
  readonly rows = new Map<number, Row>();
  /** Attribute numbers of each Get and List so far. */
  readonly asked: number[][] = [];
  /** Seconds on the host's monotonic clock, and on the caller's. */
  now = 100;
  /** Rows in one chunk of List. */
  chunk = 2;
  /** Waited for before each chunk but the first. */
  beforeChunk: () => Promise<void> = async () => {};

  constructor() {
    super();
    this.on(Process.method.get, ({ ref, attributes }) => {
      this.asked.push(attributes);
      const row = this.rows.get(Number(ref?.pid));
      if (row === undefined) throw new StatusError(StatusCode.NOT_FOUND, "gone");
      return { sample: this.#sample(), process: row };
    });
    const fake = this;
    this.onStream(Process.method.list, async function* ({ attributes }) {
      fake.asked.push(attributes);
      const rows = [...fake.rows.values()];
      for (let at = 0; at < rows.length; at += fake.chunk) {
        if (at > 0) await fake.beforeChunk();
        yield { sample: fake.#sample(), processes: rows.slice(at, at + fake.chunk), vanished: 1 };
      }
    });
  }

  /** Adds or replaces a process. */
  set(pid: number, row: Row = {}, start = 1n): this {
    this.rows.set(pid, { ref: { pid: BigInt(pid), start, boot: 7 }, ...row } as Row);
    return this;
  }

  /** A Host over it. */
  host() {
    return new Host(new Connection(this, "fake:", 10_000, () => this.now * 1000));
  }

  #sample() {
    return { monotonicNs: BigInt(Math.round(this.now * 1e9)), time: 1e9 + this.now };
  }
}

/** Init of a row's CPU times. */
export function used(user: number) {
  return { cpuTimes: { user, system: 0, childrenUser: 0, childrenSystem: 0 } };
}
