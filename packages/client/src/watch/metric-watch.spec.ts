// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { HostUnreachable, InvalidArgument } from "../errors.ts";
import { type MetricMessage, metricNumbers, metricUpdates, wireMetrics } from "./metric-watch.ts";

interface Message extends MetricMessage {
  readonly cpuPercent: number | null;
  readonly swapMemory: number | null;
}

describe("The metrics of a watch", () => {
  const known = metricNumbers(
    new Map([
      ["cpu_percent", 11],
      ["swap_memory", 18],
    ]),
  );

  it("are numbers on the wire, each once", () => {
    expect(wireMetrics("watch", ["swapMemory", "cpuPercent", "swapMemory"], known)).to.deep.equal([18, 11]);
  });

  for (const metrics of [
    undefined,
    null,
    [],
    "cpuPercent",
    { 0: "cpuPercent" },
    ["cpu_percent"],
    [5],
    ["unspecified"],
  ]) {
    it(`refuse ${JSON.stringify(metrics)}`, () => {
      expect(() => wireMetrics("watch", metrics, known)).to.throw(InvalidArgument, /^watch: /);
    });
  }
});

describe("The updates of metrics", () => {
  const message = (sequence: number, parts: Partial<Message> = {}): Message => ({
    ...{ snapshot: false, sequence, sample: { time: 100 + sequence } as never, interval: 1, dropped: 0, gap: false },
    ...{ failures: [], pace: null, cpuPercent: null, swapMemory: null },
    ...parts,
  });
  async function updates(...connections: (Message | Error)[][]) {
    let at = 0;
    const open = async function* () {
      for (const next of connections[at++] ?? [new InvalidArgument("the end")]) {
        if (next instanceof Error) throw next;
        yield next;
      }
    };
    const seen = [];
    try {
      for await (const update of metricUpdates(["cpuPercent", "swapMemory"], open, undefined, "db7")) seen.push(update);
    } catch (error) {
      if (!(error instanceof InvalidArgument)) throw error;
    }
    return seen;
  }

  it("have every value as of now, and what changed", async () => {
    const seen = await updates([
      message(1, { snapshot: true, cpuPercent: 5, swapMemory: 0 }),
      message(2, { cpuPercent: 7, dropped: 3, interval: 4 }),
      message(3),
    ]);
    expect(seen.map(({ cpuPercent, swapMemory, changed }) => [cpuPercent, swapMemory, changed.join()])).to.deep.equal([
      [5, 0, "cpuPercent,swapMemory"],
      [7, 0, "cpuPercent"],
      [7, 0, ""],
    ]);
    expect(seen[1]).to.include({ sequence: 2, time: 102, interval: 4, dropped: 3, gap: false });
  });

  it("have no value for what cannot be read, until it can", async () => {
    const failure = { metric: "swap_memory", reason: "os_error" as const, osError: 5 };
    const seen = await updates([
      message(1, { cpuPercent: 5, swapMemory: 3 }),
      message(2, { failures: [failure] }),
      message(3, { swapMemory: 4 }),
    ]);
    expect(seen.map(({ swapMemory }) => swapMemory)).to.deep.equal([3, null, 4]);
    expect(seen[1]?.failures).to.deep.equal([{ ...failure, metric: "swapMemory" }]);
    expect(seen[2]?.failures).to.deep.equal([]);
  });

  it("remember the pace, and mark the gap of a new connection once", async () => {
    const pace = { interval: 2, cpuPercent: 1, rss: 1 };
    const seen = await updates(
      [message(8, { cpuPercent: 1, pace }), message(9, { gap: true }), new HostUnreachable("lost")],
      [message(1, { cpuPercent: 2 }), message(2)],
    );
    expect(seen.map(({ sequence, gap, pace: told }) => [sequence, gap, told?.interval])).to.deep.equal([
      [8, false, 2],
      [9, true, 2],
      [1, true, 2],
      [2, false, 2],
    ]);
  });
});
