// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { pino } from "pino";
import { fakeTransport, untilAborted } from "../spec/fake-transport.ts";
import type { Collector } from "./collector.ts";
import { expose } from "./exposition.ts";
import { gauge } from "./family.ts";
import { scrape } from "./scrape.ts";

const well: Collector = { name: "well", collect: async () => [gauge("well", "Well.").add(1)] };
const failing = (name: string, error: unknown): Collector => ({ name, collect: () => Promise.reject(error) });

function logged() {
  const lines: { level: number; collector: string }[] = [];
  return { lines, logger: pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line)) }) };
}

async function text(collectors: readonly Collector[], timeoutMs = 5_000, logger = logged().logger): Promise<string> {
  return expose(await scrape(collectors, fakeTransport({}), timeoutMs, logger), "text");
}

describe("a scrape", () => {
  it("goes on without a collector that fails, and says which", async () => {
    const { lines, logger } = logged();
    const written = await text(
      [
        failing("denied", new StatusError(StatusCode.PERMISSION_DENIED, "no")),
        failing("defect", new TypeError("x is not a function")),
        failing("odd", "thrown text"),
        {
          name: "at once",
          collect: () => {
            throw new Error("not even a promise");
          },
        },
        well,
      ],
      5_000,
      logger,
    );
    expect(written).to.contain("\nwell 1\n");
    for (const name of ["denied", "defect", "odd", "at once"]) {
      expect(written).to.contain(`hostscope_scrape_collector_success{collector="${name}"} 0\n`);
    }
    expect(written).to.contain('hostscope_scrape_collector_success{collector="well"} 1\n');
    const levels = lines.map(({ collector, level }) => [collector, level]);
    expect(levels).to.deep.equal([
      ["denied", 20],
      ["defect", 50],
      ["odd", 50],
      ["at once", 50],
    ]);
  });

  it("does not count what the platform lacks as a failure", async () => {
    const written = await text([failing("fans", new StatusError(StatusCode.UNIMPLEMENTED, "not on Windows")), well]);
    expect(written).not.to.contain("fans");
  });

  it("does not wait for a collector that is late, and frees what it holds", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const transport = fakeTransport({
      unary: (_method, _request, { signal, timeoutMs }) => {
        signals.push(signal);
        expect(timeoutMs).to.be.within(1, 50);
        return untilAborted(signal, true);
      },
    });
    const stuck: Collector = {
      name: "stuck",
      collect: async (reader) => {
        await reader.unary(System.method.bootTime, {});
        return [];
      },
    };
    const families = await scrape([stuck, well], transport, 50, pino({ level: "silent" }));
    const written = expose(families, "text");
    expect(written)
      .to.contain('hostscope_scrape_collector_success{collector="stuck"} 0\n')
      .and.to.contain("\nwell 1\n");
    expect(signals.map((signal) => signal?.aborted)).to.deep.equal([true]);
  });
});
