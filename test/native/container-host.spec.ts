// SPDX-License-Identifier: Apache-2.0

import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { unaryCall } from "../support/unary-call.ts";

describeMachine("container-in-host", (host) => {
  const rowOf = async (pid: bigint, ...attributes: ProcessAttribute[]) =>
    (await unaryCall(host(), Process.method.get, { ref: { pid }, attributes })).process;

  it("names users as the host's own files do, also behind a link to its root", async () => {
    expect((await rowOf(1n, ProcessAttribute.USERNAME))?.username).to.equal("root");
    expect((await rowOf(700n, ProcessAttribute.USERNAME))?.username).to.equal("ada");
  });

  it("counts on the network of the host, not of the container", async () => {
    const { nics, total } = await unaryCall(host(), System.method.netIoCounters, { pernic: true });
    expect(nics.map(({ name }) => name).sort()).to.deep.equal(["enp3s0", "lo"]);
    expect(total?.bytesRecv).to.equal(7_001_000n);
  });

  it("names units by paths that lead out of the container's own namespace", async () => {
    const cgroup = (await rowOf(700n, ProcessAttribute.CGROUP))?.cgroup;
    expect(cgroup?.path).to.equal("/../../user.slice/user-1000.slice/session-3.scope");
    expect([cgroup?.unit, cgroup?.slice]).to.deep.equal(["session-3.scope", "user-1000.slice"]);
  });
});
