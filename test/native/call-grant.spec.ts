// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { type CallGrant, describeMethod, StatusCode, type StatusError, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { stateFolder } from "../support/state-folder.ts";

const NOTHING_HIDDEN: CallGrant = { hidden: [], targets: null, permission: "", seesProcesses: true };
const NO_CONDITIONS = { accounts: null, notAccounts: null, cgroups: null, signals: null, maxTargets: null };
const METHOD = describeMethod(Process.method.get);

describe("the grant of a call", () => {
  const state = stateFolder();
  let transport: Transport;
  before(() => {
    transport = createCollector({ stateDir: state.path });
  });
  after(async () => {
    await transport.close();
    state.remove();
  });

  const get = async (grant: unknown) => {
    const request = create(Process.method.get.input, {
      ref: { pid: BigInt(process.pid) },
      attributes: [ProcessAttribute.NAME, ProcessAttribute.ENVIRON, ProcessAttribute.CMDLINE],
    });
    const options = { timeoutMs: 10_000, grant: grant as CallGrant };
    return fromBinary(
      Process.method.get.output,
      await transport.unary(METHOD, toBinary(Process.method.get.input, request), options),
    );
  };

  it("keeps back what is hidden, and says so", async () => {
    const hidden = [{ permission: "x", attributes: [ProcessAttribute.ENVIRON, ProcessAttribute.CMDLINE] }];
    const row = (await get({ ...NOTHING_HIDDEN, hidden })).process;
    expect(row?.failures.map(({ attribute, outcome }) => [attribute, outcome])).to.deep.equal([
      [ProcessAttribute.ENVIRON, AttributeOutcome.NOT_PERMITTED],
    ]);
    expect([row?.environ, row?.cmdline.length, row?.name]).to.deep.equal([{}, 1, "node"]);
    const whole = (await get(NOTHING_HIDDEN)).process;
    expect(whole?.failures).to.deep.equal([]);
    expect(whole?.environ).to.not.be.empty;
  });

  it("that is not understood allows nothing", async () => {
    for (const odd of [
      {},
      null,
      "everything",
      { ...NOTHING_HIDDEN, hidden: undefined },
      { ...NOTHING_HIDDEN, hidden: [{ permission: "x", attributes: [999] }] },
      { ...NOTHING_HIDDEN, hidden: [{ permission: "x", attributes: [-1] }] },
      { ...NOTHING_HIDDEN, hidden: [{ attributes: [25] }] },
      { ...NOTHING_HIDDEN, targets: undefined },
      { ...NOTHING_HIDDEN, targets: [{}] },
      { ...NOTHING_HIDDEN, targets: [{ uids: [[1]], ...NO_CONDITIONS }] },
      { ...NOTHING_HIDDEN, targets: [{ uids: [[1.5, 2]], ...NO_CONDITIONS }] },
      { ...NOTHING_HIDDEN, targets: [{ uids: null, ...NO_CONDITIONS, notAccounts: undefined }] },
      { ...NOTHING_HIDDEN, targets: [{ uids: null, ...NO_CONDITIONS, accounts: [7] }] },
      { ...NOTHING_HIDDEN, permission: undefined },
    ]) {
      const error = await get(odd).catch((reason: StatusError) => reason);
      expect(error, JSON.stringify(odd)).to.be.instanceOf(Error).and.to.include({ code: StatusCode.INTERNAL });
    }
  });
});
