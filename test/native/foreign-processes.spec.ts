// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const METHODS = Process.methods.map(describeMethod);
const MUTATING = METHODS.filter(({ mutates }) => mutates);
const NOTHING = new Uint8Array();

/** How a call with an empty request ends. */
async function statusOf(host: Transport, method: (typeof METHODS)[number]): Promise<StatusError | null> {
  try {
    if (method.kind === "unary") await host.unary(method, NOTHING, {});
    else if (method.kind === "server_streaming") for await (const _ of host.serverStream(method, NOTHING, {}));
    else for await (const _ of host.bidiStream(method, nothing(), {}));
    return null;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const reasonOf = (error: StatusError | null) =>
  error?.detail == null ? null : fromBinary(ErrorDetailSchema, error.detail).reason;

describe("Processes that are not those of our own pid namespace", () => {
  const tree = new ProcTree();
  let foreign: Transport;
  let own: Transport;
  before(() => {
    tree.process(process.pid);
    foreign = createCollector({ procRoot: tree.root });
    own = createCollector({});
  });
  after(async () => {
    await foreign?.close();
    await own?.close();
    tree.remove();
  });

  it("have calls that would act on them", () => {
    expect(MUTATING.map(({ name }) => name)).to.deep.equal([
      ...["SendSignal", "Suspend", "SuspendLeased", "Resume", "Terminate", "Kill", "KillTree", "Reap", "CommitSignal"],
      ...["SetNice", "SetIonice", "SetCpuAffinity", "SetRlimit", "Popen"],
    ]);
  });

  // A lease stops its process by Suspend, and Popen acts on no process that is there.
  for (const method of MUTATING.filter(({ kind }) => kind === "unary")) {
    it(`are refused ${method.name}, before anything of the request is looked at`, async () => {
      const refused = await statusOf(foreign, method);
      expect(refused?.code).to.equal(StatusCode.FAILED_PRECONDITION);
      expect(reasonOf(refused)).to.equal(ErrorReason.PROCESSES_READ_ONLY);
      expect(refused?.message).to.contain("this procfs shows another pid namespace");
      expect(reasonOf(await statusOf(own, method))).not.to.equal(ErrorReason.PROCESSES_READ_ONLY);
    });
  }

  it("can be read", async () => {
    for (const method of METHODS.filter(({ mutates, name }) => !mutates && name !== "Watch")) {
      expect(reasonOf(await statusOf(foreign, method)), method.path).not.to.equal(ErrorReason.PROCESSES_READ_ONLY);
    }
  });
});
