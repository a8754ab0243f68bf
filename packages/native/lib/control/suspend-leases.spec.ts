// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ResumeRequestSchema } from "@hostscope/proto/gen/process_control";
import {
  LeaseState,
  SuspendLeasedRequestSchema,
  SuspendLeasedResponseSchema,
} from "@hostscope/proto/gen/process_lease";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";
import { expect } from "chai";
import { GuardedTransport } from "./guarded-transport.ts";
import { monotonicMs } from "./monotonic.ts";
import { encode, FakeCollector, FakeMachine } from "./spec/fake-machine.ts";
import { statusOf } from "./spec/status-of.ts";
import { temporaryFolder } from "./spec/temporary-folder.ts";
import { SUSPEND_LEASED } from "./suspend-leases.ts";

const RESUME = describeMethod(Process.method.resume);
const { HELD, EXPIRED, OVER } = LeaseState;

describe("A suspend lease", () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  let transports: Transport[] = [];

  const open = () => {
    const transport = new GuardedTransport(new FakeCollector(machine), folder());
    transports.push(transport);
    return transport;
  };
  const request = (lease = 100, operationId?: string) =>
    encode(SuspendLeasedRequestSchema, {
      ref: { pid: 5n },
      lease,
      mutation: operationId === undefined ? {} : { operationId },
    });
  const hold = (transport: Transport, lease?: number) => {
    const controller = new AbortController();
    const stream = transport.serverStream(SUSPEND_LEASED, request(lease), { signal: controller.signal });
    return { ...reading(stream), abort: () => controller.abort() };
  };
  const files = () => readdirSync(join(folder(), "leases"));
  const runs = () => machine.status(5) === ProcessStatus.SLEEPING;

  beforeEach(() => {
    machine = new FakeMachine();
    machine.add(5);
    transports = [];
  });
  afterEach(() => Promise.all(transports.map((transport) => transport.close())));

  it("holds the process until it runs out", async () => {
    const lease = hold(open(), 0.3);
    expect(await lease.next()).to.include({ state: HELD, changed: true });
    expect(machine.status(5)).to.equal(ProcessStatus.STOPPED);
    expect(files()).to.have.length(1);
    expect(await lease.next()).to.include({ state: EXPIRED });
    expect(runs()).to.equal(true);
    expect(await lease.next()).to.equal(null);
    expect(files()).to.deep.equal([]);
  });

  it("is written down before the process is stopped", async () => {
    let seen: string[] = [];
    machine.before = async (name) => {
      if (name === "Suspend") seen = files();
    };
    const lease = hold(open());
    await lease.next();
    expect(seen).to.have.length(1);
    expect(seen[0]).to.match(/^5-100-/);
  });

  for (const [how, end] of [
    ["its reader leaves", (lease: Held) => lease.leave()],
    ["its call is cancelled", (lease: Held) => lease.abort()],
    ["the collector closes", () => transports[0]?.close()],
  ] as const) {
    it(`ends when ${how}`, async () => {
      const lease = hold(open());
      await lease.next();
      await end(lease);
      await until(runs);
      await until(() => files().length === 0);
    });
  }

  it("ends while it is waited on, without waiting for the process", async () => {
    const lease = hold(open());
    await lease.next();
    const waiting = statusOf(lease.next());
    lease.abort();
    expect((await waiting).code).to.equal(StatusCode.CANCELLED);
    await until(runs);
  });

  it("leaves a process stopped that was stopped before", async () => {
    machine.add(5, ProcessStatus.STOPPED);
    const lease = hold(open(), 0.2);
    expect(await lease.next()).to.include({ state: HELD, changed: false });
    expect(await lease.next()).to.include({ state: EXPIRED });
    expect(machine.status(5)).to.equal(ProcessStatus.STOPPED);
    expect(machine.count("Resume")).to.equal(0);
  });

  it("of several on one process the last one resumes it, whichever collector holds it", async () => {
    const leases = [hold(open()), hold(open()), hold(transports[0] as Transport)];
    for (const lease of leases) await lease.next();
    for (const lease of leases.slice(0, 2)) {
      lease.abort();
      await until(() => machine.count("Get") > 0 && files().length < 3);
    }
    await until(() => files().length === 1);
    expect(machine.count("Resume")).to.equal(0);
    leases[2]?.abort();
    await until(runs);
    expect(machine.count("Resume")).to.equal(1);
  });

  it("is over when somebody else resumes the process here, or it ends", async () => {
    const transport = open();
    const first = hold(transport);
    await first.next();
    await transport.unary(RESUME, encode(ResumeRequestSchema, { ref: { pid: 5n } }), {});
    expect(await first.next()).to.include({ state: OVER });
    const second = hold(transport);
    await second.next();
    machine.processes.delete(5);
    expect(await second.next()).to.include({ state: OVER });
    expect(machine.count("Resume")).to.equal(1);
    expect(files()).to.deep.equal([]);
  });

  it("tries again if the process cannot be resumed", async () => {
    const lease = hold(open(), 0.1);
    await lease.next();
    let failures = 2;
    machine.before = async (name) => {
      if (name === "Resume" && failures-- > 0) throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "hung");
    };
    expect(await lease.next()).to.include({ state: EXPIRED });
    expect(runs()).to.equal(true);
    expect(machine.count("Resume")).to.equal(3);
  });

  it("stops nothing and leaves nothing if the process cannot be stopped", async () => {
    machine.before = async (name) => {
      if (name === "Suspend") throw new StatusError(StatusCode.PERMISSION_DENIED, "no");
    };
    expect((await statusOf(hold(open()).next())).code).to.equal(StatusCode.PERMISSION_DENIED);
    expect(files()).to.deep.equal([]);
    machine.before = async (name) => {
      if (name === "Suspend") throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "perhaps");
    };
    expect((await statusOf(hold(open()).next())).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    expect(machine.count("Resume")).to.equal(1);
    expect(files()).to.deep.equal([]);
  });

  it("refuses bad requests", async () => {
    const transport = open();
    const code = async (bytes: Uint8Array) =>
      (await statusOf(reading(transport.serverStream(SUSPEND_LEASED, bytes, {})).next())).code;
    for (const lease of [0, 0.09, -1, 86_401, Number.POSITIVE_INFINITY]) {
      expect(await code(request(lease)), String(lease)).to.equal(StatusCode.OUT_OF_RANGE);
    }
    expect(await code(request(Number.NaN))).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(await code(encode(SuspendLeasedRequestSchema, { ref: { pid: 5n } }))).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(await code(encode(SuspendLeasedRequestSchema, { lease: 5 }))).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(await code(new Uint8Array([255]))).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(await code(encode(SuspendLeasedRequestSchema, { ref: { pid: 77n }, lease: 5 }))).to.equal(5);
    expect(machine.count("Suspend")).to.equal(0);
  });

  it("with an operation id in use is a conflict", async () => {
    const transport = open();
    const lease = () => reading(transport.serverStream(SUSPEND_LEASED, request(0.2, "a"), {}));
    const first = lease();
    await first.next();
    expect((await statusOf(lease().next())).code).to.equal(StatusCode.ALREADY_EXISTS);
    await first.next();
    expect(await first.next()).to.equal(null);
    expect((await statusOf(lease().next())).code).to.equal(StatusCode.ALREADY_EXISTS);
  });

  describe("of an agent that was killed", () => {
    const orphan = (changes: object = {}) => {
      mkdirSync(join(folder(), "leases"), { recursive: true, mode: 0o700 });
      const record = {
        target: { pid: "5", start: "100" },
        owner: { pid: "4712", start: "1" },
        expiresMs: monotonicMs() + 1e6,
        stopped: true,
        ending: false,
        ...changes,
      };
      writeFileSync(join(folder(), "leases", "5-100-dead"), JSON.stringify(record));
      machine.add(5, ProcessStatus.STOPPED);
    };

    it("the next collector resumes the process", async () => {
      orphan();
      await open().recovered;
      expect(runs()).to.equal(true);
      expect(files()).to.deep.equal([]);
    });

    it("only one of several that start at once does", async () => {
      orphan();
      await Promise.all([open(), open(), open()].map(({ recovered }) => recovered));
      expect(runs()).to.equal(true);
      expect(machine.count("Resume")).to.equal(1);
    });

    it("but not another process with its pid, nor one that was stopped before", async () => {
      for (const changes of [{ target: { pid: "5", start: "99" } }, { stopped: false }]) {
        orphan(changes);
        await open().recovered;
        expect(machine.status(5)).to.equal(ProcessStatus.STOPPED);
        expect(files()).to.deep.equal([]);
      }
    });

    it("and not of one that still runs", async () => {
      machine.add(4712, ProcessStatus.SLEEPING, 1n);
      orphan();
      await open().recovered;
      expect(machine.count("Resume")).to.equal(0);
      expect(files()).to.have.length(1);
    });

    it("and not one that another living lease holds", async () => {
      orphan();
      const first = readFileSync(join(folder(), "leases", "5-100-dead"), "utf8");
      machine.add(4713, ProcessStatus.SLEEPING, 1n);
      const living = { ...JSON.parse(first), owner: { pid: "4713", start: "1" } };
      writeFileSync(join(folder(), "leases", "5-100-living"), JSON.stringify(living));
      await open().recovered;
      expect(machine.count("Resume")).to.equal(0);
      expect(files()).to.deep.equal(["5-100-living"]);
    });

    it("nothing is made or read where there are none", async () => {
      await open().recovered;
      expect(readdirSync(folder())).to.deep.equal([]);
      expect(machine.calls).to.deep.equal([]);
    });
  });

  interface Held {
    abort(): void;
    leave(): Promise<void>;
  }
});

function reading(stream: AsyncIterable<Uint8Array>) {
  const iterator = stream[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done === true ? null : fromBinary(SuspendLeasedResponseSchema, value);
    },
    async leave() {
      await iterator.return?.();
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
