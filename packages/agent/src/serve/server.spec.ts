// SPDX-License-Identifier: Apache-2.0

import { connect } from "node:net";
import type { ServiceError } from "@grpc/grpc-js";
import { StatusCode } from "@hostscope/proto";
import { expect } from "chai";
import { pino } from "pino";
import { AgentStartError } from "../agent-start-error.ts";
import type { ListenAddress } from "../config/listen-address.ts";
import {
  callUnary,
  eventually,
  type Fixture,
  identity,
  newClient,
  startFixture,
  UNARY,
  WATCH,
} from "../spec/agent-fixture.ts";
import { type FakeBehaviour, fakeTransport, untilAborted } from "../spec/fake-transport.ts";
import { createAgent } from "./server.ts";

const REQUEST = new Uint8Array([1]);
const logger = pino({ level: "silent" });

function start(address: ListenAddress) {
  return createAgent({ transport: fakeTransport({}), listen: [address], logger });
}

async function failure(starting: Promise<unknown>): Promise<unknown> {
  try {
    await starting;
  } catch (error) {
    return error;
  }
  return null;
}

/** A transport whose unary calls end when `finish` is called. */
function waiting(): { behaviour: FakeBehaviour; finish: () => void; signals: AbortSignal[] } {
  const resolvers: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    signals,
    finish: () => {
      for (const resolve of resolvers) resolve();
    },
    behaviour: {
      unary: (_method, request, { signal }) => {
        if (signal !== undefined) signals.push(signal);
        return new Promise((resolve) => resolvers.push(() => resolve(request)));
      },
      // biome-ignore lint/correctness/useYield: silent
      serverStream: async function* (_method, _request, { signal }) {
        if (signal !== undefined) signals.push(signal);
        await untilAborted(signal);
      },
    },
  };
}

function watchCode(fixture: Fixture): Promise<number> {
  const stream = fixture.client.makeServerStreamRequest(WATCH, identity, identity, REQUEST);
  stream.on("data", () => {});
  return new Promise((resolve) => stream.on("error", (error: ServiceError) => resolve(error.code)));
}

describe("an agent", () => {
  it("tells the address that it got", async () => {
    const agent = await start({ host: "127.0.0.1", port: 0 });
    expect(agent.port).to.be.above(0);
    expect(agent.address).to.equal(`grpc://127.0.0.1:${agent.port}`);
    await agent.close(0);
  });

  it("refuses a port that another agent has, and says so", async () => {
    const first = await start({ host: "127.0.0.1", port: 0 });
    const error = await failure(start({ host: "127.0.0.1", port: first.port }));
    expect(error).to.be.instanceOf(AgentStartError).and.include({ reason: "port_in_use" });
    expect((error as Error).message).to.contain(`port ${first.port} is in use, probably by another agent`);
    await first.close(0);
    await (await start({ host: "127.0.0.1", port: first.port })).close(0);
  });

  it("refuses an address that is not loopback even from code", async () => {
    for (const host of ["0.0.0.0", "::", "10.0.0.1"]) {
      expect(await failure(start({ host, port: 0 })))
        .to.be.instanceOf(AgentStartError)
        .and.have.property("message")
        .which.match(new RegExp(`^${host.replaceAll(".", "[.]")} is not a loopback address, so it needs TLS`));
    }
  });

  it("explains an address the host does not have", async () => {
    const error = await failure(
      createAgent({ transport: fakeTransport({}), listen: [{ host: "127.0.0.1", port: 1 }], logger }).then((agent) =>
        agent.close(0),
      ),
    );
    // Port 1 is forbidden to ordinary users and free to root.
    expect(error === null || (error instanceof AgentStartError && error.reason === "not_permitted")).to.equal(true);
  });

  it("closes at once when idle, twice if asked, and leaves no connection open", async () => {
    await using fixture = await startFixture({ unary: async (_method, request) => request });
    await callUnary(fixture.client, UNARY, REQUEST);
    const started = performance.now();
    await Promise.all([fixture.agent.close(10_000), fixture.agent.close(10_000)]);
    await fixture.agent.close(10_000);
    expect(performance.now() - started).to.be.below(1_500);
  });

  it("lets a call in progress finish while it stops, and refuses new ones", async () => {
    const { behaviour, finish, signals } = waiting();
    await using fixture = await startFixture(behaviour);
    const inProgress = callUnary(fixture.client, UNARY, REQUEST);
    await eventually(() => signals.length === 1);
    const closed = fixture.agent.close(10_000);
    const other = newClient(fixture.agent);
    expect((await callUnary(other, UNARY, REQUEST)).code).to.equal(StatusCode.UNAVAILABLE);
    expect((await callUnary(fixture.client, UNARY, REQUEST)).code).to.equal(StatusCode.UNAVAILABLE);
    other.close();
    expect(signals.length).to.equal(1);
    finish();
    expect((await inProgress).code).to.equal(0);
    await closed;
  });

  it("ends what is left with UNAVAILABLE when the grace is over", async () => {
    const { behaviour, signals } = waiting();
    await using fixture = await startFixture(behaviour);
    const inProgress = callUnary(fixture.client, UNARY, REQUEST);
    await eventually(() => signals.length === 1);
    const started = performance.now();
    await fixture.agent.close(200);
    expect(performance.now() - started).to.be.within(150, 2_000);
    expect(await inProgress).to.include({ code: StatusCode.UNAVAILABLE, details: "the agent is stopping" });
    expect(signals[0]?.aborted).to.equal(true);
  });

  it("cuts the grace short when told a second time", async () => {
    const { behaviour, signals } = waiting();
    await using fixture = await startFixture(behaviour);
    const inProgress = callUnary(fixture.client, UNARY, REQUEST);
    await eventually(() => signals.length === 1);
    const started = performance.now();
    const closed = fixture.agent.close(60_000);
    await fixture.agent.close(0);
    await closed;
    expect(performance.now() - started).to.be.below(2_000);
    expect((await inProgress).code).to.equal(StatusCode.UNAVAILABLE);
  });

  it("does not wait for watches, which never end by themselves", async () => {
    const { behaviour, signals } = waiting();
    await using fixture = await startFixture(behaviour);
    const code = watchCode(fixture);
    await eventually(() => signals.length === 1);
    const started = performance.now();
    await fixture.agent.close(60_000);
    expect(performance.now() - started).to.be.below(2_000);
    expect(await code).to.equal(StatusCode.UNAVAILABLE);
    expect(signals[0]?.aborted).to.equal(true);
  });

  it("closes a connection that never speaks", async () => {
    await using fixture = await startFixture({});
    const socket = connect(fixture.agent.port, "127.0.0.1");
    const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    socket.on("error", () => {}).resume();
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await fixture.agent.close(0);
    await gone;
  });

  it("survives bytes that are not HTTP/2", async () => {
    await using fixture = await startFixture({ unary: async (_method, request) => request });
    for (const junk of [
      "GET / HTTP/1.1\r\n\r\n",
      "\0".repeat(1_000),
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\njunk".repeat(9),
    ]) {
      const socket = connect(fixture.agent.port, "127.0.0.1", () => socket.end(junk));
      await new Promise<void>((resolve) =>
        socket
          .on("error", () => {})
          .on("close", () => resolve())
          .resume(),
      );
    }
    expect((await callUnary(fixture.client, UNARY, REQUEST)).code).to.equal(0);
  });
});
