// SPDX-License-Identifier: Apache-2.0

import { AccessDenied, type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentAs } from "../support/agent-process.ts";
import { type SocketHolder, socketHolder } from "../support/socket-holder.ts";

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;

describe("Sockets, seen by an agent without privileges", () => {
  let agent: AgentProcess;
  let host: Host;
  let own: SocketHolder;
  before(async () => {
    agent = await startAgentAs(IS_ROOT ? NOBODY : undefined);
    host = await open(agent.target);
    own = await socketHolder({ uid: IS_ROOT ? NOBODY : undefined });
  });
  after(async () => {
    await own?.stop();
    await host?.close();
    await agent?.stop();
  });

  it("have their holder if it is the agent's own user, and are listed all the same if not", async () => {
    const foreign = IS_ROOT ? await socketHolder() : null;
    try {
      const rows = await host.netConnections({ kind: "tcp4" });
      const listening = (port: number) =>
        rows.filter(({ laddr, status }) => laddr?.port === port && status === "LISTEN").map(({ pid }) => pid);
      expect(listening(own.port)).to.have.members([own.pid, own.pid, own.child, own.child]);
      expect(listening(agent.port)).to.deep.equal([agent.child.pid]);
      if (foreign !== null) expect(listening(foreign.port)).to.deep.equal([null]);
    } finally {
      await foreign?.stop();
    }
  });

  it("of one process are denied, and not empty, if it is another user's", async () => {
    const error = await (await host.process(1)).connections().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(AccessDenied).and.have.property("pid", 1);
    expect(await (await host.process(own.pid)).connections({ kind: "unix" })).to.have.length.greaterThan(3);
  });
});
