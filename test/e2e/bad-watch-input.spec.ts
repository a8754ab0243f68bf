// SPDX-License-Identifier: Apache-2.0

import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import {
  Comparison,
  type ProcessConditionSchema,
  ProcessKey,
  ProcessWatchRequestSchema,
} from "@hostscope/proto/gen/process_watch";
import { type SensorsMetric, SensorsWatchRequestSchema } from "@hostscope/proto/gen/sensors";
import { SystemMetric, SystemWatchRequestSchema } from "@hostscope/proto/gen/system_watch";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { metricOf } from "../support/metric-values.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { RawClient } from "../support/raw-client.ts";

type Condition = MessageInitShape<typeof ProcessConditionSchema>;

const PATHS = ["System", "Process", "Sensors"].map((service) => `/hostscope.v1.${service}/Watch`);
const SECOND_MS = 1000;

const processes = (request: MessageInitShape<typeof ProcessWatchRequestSchema>): Uint8Array =>
  toBinary(ProcessWatchRequestSchema, create(ProcessWatchRequestSchema, request));
const where = (condition: Condition, times = 1): Uint8Array =>
  processes({ anyOf: [{ allOf: Array.from({ length: times }, () => condition) }] });
const metrics = (numbers: number[], interval?: number): Uint8Array =>
  toBinary(
    SystemWatchRequestSchema,
    create(SystemWatchRequestSchema, { metrics: numbers as SystemMetric[], ...(interval && { interval }) }),
  );
const sensors = (numbers: number[]): Uint8Array =>
  toBinary(SensorsWatchRequestSchema, create(SensorsWatchRequestSchema, { metrics: numbers as SensorsMetric[] }));

const { NAME, PID } = ProcessKey;
const { EQ, PREFIX } = Comparison;
const named = { key: NAME, comparison: EQ, text: "x" };

/** Requests that no watch can be made of: path, bytes, and a word of the answer. */
const BAD: Readonly<Record<string, readonly [path: number, request: Uint8Array, word: string]>> = {
  "no metric": [0, metrics([]), "metrics"],
  "a metric that there is not": [0, metrics([SystemMetric.CPU_PERCENT, 9999]), "9999"],
  "no sensor": [2, sensors([]), "metrics"],
  "a sensor that there is not": [2, sensors([9999]), "9999"],
  "an attribute that there is not": [1, processes({ attributes: [9999 as never] }), "9999"],
  "too many conditions to choose from": [1, processes({ anyOf: Array(17).fill({ allOf: [named] }) }), "any_of"],
  "too many conditions at once": [1, where(named, 17), "all_of"],
  "no condition at all": [1, processes({ anyOf: [{}] }), "all_of"],
  "a condition on nothing": [1, where({ ...named, key: 0 }), "any_of"],
  "a condition on what there is not": [1, where({ ...named, key: 99 as never }), "any_of"],
  "a condition that does not compare": [1, where({ ...named, comparison: 0 }), "any_of"],
  "a comparison that there is not": [1, where({ ...named, comparison: 99 as never }), "any_of"],
  "a text for a number": [1, where({ key: PID, comparison: EQ, text: "1" }), "number"],
  "a number for a text": [1, where({ key: NAME, comparison: EQ, number: 1 }), "text"],
  "both for one": [1, where({ ...named, number: 1 }), "text"],
  "no number at all": [1, where({ key: PID, comparison: EQ, number: Number.NaN }), "number"],
  "a number that begins like another": [1, where({ key: PID, comparison: PREFIX, number: 1 }), "number"],
  "a text without end": [1, where({ ...named, text: "x".repeat(1025) }), "1,024"],
  "an order of all": [1, processes({ orderBy: PID }), "limit"],
  "the first of no order": [1, processes({ limit: 5 }), "order"],
  "the first none": [1, processes({ orderBy: PID, limit: 0 }), "limit"],
  "the first of far too many": [1, processes({ orderBy: PID, limit: 100_001 }), "limit"],
  "an order by what there is not": [1, processes({ orderBy: 99 as never, limit: 5 }), "order_by"],
};

const GARBAGE = ["ffffffffffffffffffff00", "0aff01", "0880", "0001", "0b", "2a020880"].map((hex) =>
  Buffer.from(hex, "hex"),
);
const INTERVALS = [0, -1, 0.2, 3600.001, 1e308, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];

describe("Watches that cannot be", function () {
  this.timeout(60_000);
  this.slow(5_000);

  let agent: MetricsAgent;
  let client: RawClient;
  before(async () => {
    agent = await startMetricsAgent();
    client = new RawClient(agent.host, agent.port);
  });
  after(async () => {
    client?.close();
    await agent?.stop();
  });
  // Whatever was asked, the agent lives, and keeps nothing of it.
  afterEach(async () => {
    expect(agent.child.exitCode, agent.log()).to.equal(null);
    await eventually(async () => {
      expect(await metricOf(agent, "hostscope_agent_calls_in_progress")).to.equal(0);
      expect(await metricOf(agent, "hostscope_agent_watches")).to.equal(0);
    });
  });

  const expectRefused = async (path: string, request: Uint8Array, word: string): Promise<void> => {
    const answer = await client.call(path, request);
    expect(answer.code, answer.text).to.equal(status.INVALID_ARGUMENT);
    expect(answer.text).to.contain(word);
    expect(answer.messages).to.deep.equal([]);
  };

  it("are refused: INVALID_ARGUMENT that says what is wrong", async () => {
    for (const [what, [path, request, word]] of Object.entries(BAD)) {
      await expectRefused(PATHS[path] as string, request, word).catch((error: Error) => {
        throw new Error(`${what}: ${error.message}`, { cause: error });
      });
    }
  });

  it("are refused if they are no messages", async () => {
    for (const path of PATHS) for (const bytes of GARBAGE) await expectRefused(path, bytes, "");
  });

  it("are refused for an interval that is too short, too long or none", async () => {
    for (const interval of INTERVALS) {
      await expectRefused(PATHS[1] as string, processes({ interval }), "interval");
      const request = create(SystemWatchRequestSchema, { metrics: [SystemMetric.BOOT_TIME], interval });
      await expectRefused(PATHS[0] as string, toBinary(SystemWatchRequestSchema, request), "interval");
    }
  });

  it("and those at the bounds are made: the longest interval has its first message at once, as all have", async () => {
    const conditions = Array.from({ length: 16 }, () => ({
      allOf: Array(16).fill({ ...named, text: "x".repeat(100) }),
    }));
    const requests = [
      [PATHS[0], metrics([SystemMetric.BOOT_TIME], 3600)],
      [PATHS[0], metrics(Array(500).fill(SystemMetric.BOOT_TIME), 0.25)],
      [PATHS[1], processes({ interval: 3600 })],
      [PATHS[1], processes({ interval: 1, anyOf: conditions, orderBy: PID, limit: 100_000 })],
      [PATHS[1], processes({ attributes: Array(500).fill(ProcessAttribute.NAME) })],
    ] as const;
    const deadline = Date.now() + 3 * SECOND_MS;
    await Promise.all(
      requests.map(async ([path, request]) => {
        const answer = await client.call(path as string, request, deadline);
        expect(answer.code, answer.text).to.equal(status.DEADLINE_EXCEEDED);
        expect(answer.messages, path).to.have.length.above(0);
      }),
    );
  });
});
