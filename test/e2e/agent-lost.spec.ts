// SPDX-License-Identifier: Apache-2.0

import { createServer, type Socket } from "node:net";
import { HostUnreachable, InvalidArgument, open } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => expect.fail("no error"),
    (error: Error) => error,
  );
}

describe("An agent that is not there", () => {
  it("killed in the middle of a call: HostUnreachable at once, and so is the call after", async () => {
    const agent = await startAgent();
    const host = await open(agent.target);
    const call = failure(host.cpuPercent({ interval: 8 }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    agent.child.kill("SIGKILL");
    const start = Date.now();
    expect(await call).to.be.instanceOf(HostUnreachable);
    expect(Date.now() - start).to.be.below(2000);
    expect(await failure(host.bootTime())).to.be.instanceOf(HostUnreachable);
    await host.close();
    await agent.stop();
  });

  it("a port where nobody listens: HostUnreachable that names the target", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(open(`grpc://127.0.0.1:${port}`, { timeoutMs: 3000 }));
    expect(error).to.be.instanceOf(HostUnreachable);
    expect(error.message).to.contain(String(port));
  });

  it("a server that accepts and says nothing: an error within the time given", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const start = Date.now();
    const error = await failure(open(`grpc://127.0.0.1:${port}`, { timeoutMs: 1000 }));
    expect(error).to.have.property("retryable", true);
    expect(Date.now() - start).to.be.below(3000);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  for (const target of [
    "",
    "grpc://",
    "grpc://127.0.0.1",
    "ftp://127.0.0.1:1",
    "127.0.0.1:1",
    "grpc://127.0.0.1:99999",
  ]) {
    it(`open("${target}") says what a target looks like`, async () => {
      const error = await failure(open(target));
      expect(error).to.be.instanceOf(InvalidArgument);
      expect(error.message).to.match(/grpc:\/\/|local:/);
    });
  }

  it("stopped with SIGTERM, the agent finishes the call in progress and exits 0", async () => {
    const agent = await startAgent();
    const host = await open(agent.target);
    const call = host.cpuPercent({ interval: 1 });
    await host.bootTime(); // asked after it on the same connection
    const [percent, code] = await Promise.all([call, agent.stop()]);
    expect(percent.interval).to.be.greaterThan(0.9);
    expect(code, agent.log()).to.equal(0);
    await host.close();
  });
});
