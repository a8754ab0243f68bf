// SPDX-License-Identifier: Apache-2.0

import { WatchKind } from "@hostscope/proto/gen/process_watch";
import { WinService } from "@hostscope/proto/gen/win_service";
import type { WinServiceStartRequest } from "@hostscope/proto/gen/win_service_control";
import { WinServiceStartType, WinServiceStatus } from "@hostscope/proto/gen/win_service_values";
import { expect } from "chai";
import { InvalidArgument } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("What is done to a Windows service", () => {
  let fake: FakeTransport;
  const service = async () => createHost(fake).winServiceGet("alg");
  beforeEach(() => {
    fake = new FakeTransport().on(WinService.method.winServiceGet, ({ name }) => ({ service: { name } }));
  });

  it("start carries name, arguments, patience, reason and id", async () => {
    const asked: WinServiceStartRequest[] = [];
    fake.on(WinService.method.start, (request) => {
      asked.push(request);
      return { status: WinServiceStatus.RUNNING, changed: true, pid: 7n };
    });
    const options = { arguments: ["a"], timeout: 5, reason: "ticket", operationId: "x" };
    expect(await (await service()).start(options)).to.deep.equal({ status: "running", changed: true, pid: 7 });
    expect(asked[0]).to.deep.include({ name: "alg", arguments: ["a"], timeout: 5 });
    expect(asked[0]?.mutation).to.include({ reason: "ticket", operationId: "x" });
  });

  it("setStartType gives how it was started before", async () => {
    fake.on(WinService.method.setStartType, ({ startType }) => ({
      before: startType === WinServiceStartType.DISABLED ? WinServiceStartType.MANUAL : WinServiceStartType.UNSPECIFIED,
    }));
    expect(await (await service()).setStartType("disabled")).to.deep.equal({ before: "manual" });
  });

  it("what cannot be meant is InvalidArgument", async () => {
    const alg = await service();
    await failureOf(alg.start({ timeout: 61 }), InvalidArgument);
    await failureOf(alg.start({ arguments: "a" as never }), InvalidArgument);
    await failureOf(alg.stop({ dependant: true } as object), InvalidArgument);
    await failureOf(alg.stop({ dependents: "yes" as never }), InvalidArgument);
    await failureOf(alg.setStartType("unspecified" as never), InvalidArgument);
    await failureOf(alg.pause({ reason: "x".repeat(257) }), InvalidArgument);
    expect(() => createHost(fake).watchWinServices({ names: [""] })).to.throw(InvalidArgument);
  });

  it("watchWinServices gives snapshot, changes and what was removed", async () => {
    fake.onStream(WinService.method.watch, async function* ({ names }) {
      expect(names).to.deep.equal(["alg"]);
      const services = [{ name: "alg", displayName: "Gateway", status: WinServiceStatus.STOPPED }];
      yield { kind: WatchKind.SNAPSHOT, sequence: 1n, services, sample: { monotonicNs: 1n, time: 5 } };
      yield {
        kind: WatchKind.DELTA,
        sequence: 2n,
        removed: ["alg"],
        interval: 2,
        sample: { monotonicNs: 2n, time: 7 },
      };
    });
    const updates = [];
    for await (const update of createHost(fake).watchWinServices({ names: ["alg"] })) {
      updates.push(update);
      if (updates.length === 2) break;
    }
    expect(updates[0]).to.deep.include({ snapshot: true, time: 5, interval: null, gap: false });
    expect(updates[0]?.changed).to.deep.equal([{ name: "alg", displayName: "Gateway", status: "stopped", pid: null }]);
    expect(updates[1]).to.deep.include({ snapshot: false, changed: [], removed: ["alg"], interval: 2 });
  });
});
