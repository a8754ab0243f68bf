// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { Guarantee } from "@hostscope/proto/gen/process_control";
import { LeaseState } from "@hostscope/proto/gen/process_lease";
import { expect } from "chai";
import { Cancelled, DeadlineExceeded, HostUnreachable, InvalidArgument, NoSuchProcess } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";

const HELD = { state: LeaseState.HELD, guarantee: Guarantee.ATOMIC, changed: true };
const never = () => new Promise<never>(() => {});

describe("Process.suspend with a lease", () => {
  let fake: FakeProcesses;
  const subject = () => fake.host().process(5);
  const answer = (then: () => Promise<unknown>) =>
    fake.onStream(Process.method.suspendLeased, async function* () {
      yield HELD;
      yield { ...HELD, state: (await then()) as LeaseState };
    });

  beforeEach(() => {
    fake = new FakeProcesses();
    fake.set(5);
  });

  it("tells what the stop was, and how the lease ended", async () => {
    for (const [state, how] of [
      [LeaseState.EXPIRED, "expired"],
      [LeaseState.OVER, "over"],
    ] as const) {
      answer(async () => state);
      const lease = await (await subject()).suspend({ lease: 5 });
      expect(lease).to.include({ changed: true, guarantee: "atomic" });
      expect(await lease.ended).to.equal(how);
      await lease.release();
    }
  });

  it("has time for the whole lease, whatever the timeout of its beginning", async () => {
    answer(never);
    const lease = await (await subject()).suspend({ lease: 60, timeoutMs: 3000 });
    expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(70_000);
    await lease.release();
    const day = await (await subject()).suspend({ lease: 86_400 });
    expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(86_400_000);
    await day.release();
  });

  it("is released by release(), at the end of its block and by its signal", async () => {
    answer(never);
    const lease = await (await subject()).suspend({ lease: 60 });
    await Promise.all([lease.release(), lease.release()]);
    expect(await lease.ended).to.equal("released");
    const controller = new AbortController();
    const second = await (await subject()).suspend({ lease: 60, signal: controller.signal });
    controller.abort();
    expect(await second.ended).to.equal("released");
    expect(fake.calls.filter(({ name }) => name === "SuspendLeased")).to.have.length(2);
    for (const { name, options } of fake.calls)
      if (name === "SuspendLeased") expect(options.signal?.aborted).to.be.true;
  });

  it("fails as the call does, before and after it is held", async () => {
    fake.onStream(Process.method.suspendLeased, () => {
      throw new StatusError(StatusCode.NOT_FOUND, "gone");
    });
    await failureOf((await subject()).suspend({ lease: 5 }), NoSuchProcess);
    answer(async () => {
      throw new StatusError(StatusCode.UNAVAILABLE, "broken");
    });
    const lease = await (await subject()).suspend({ lease: 5 });
    await failureOf(lease.ended, HostUnreachable);
    await lease.release();
  });

  it("that does not begin in time, or is given up, is cancelled at the host", async () => {
    fake.onStream(Process.method.suspendLeased, async function* () {
      await never();
      yield HELD;
    });
    const late = await failureOf((await subject()).suspend({ lease: 5, timeoutMs: 30 }), DeadlineExceeded);
    expect(late.message).to.contain("30 ms");
    expect(fake.calls.at(-1)?.options.signal?.aborted).to.equal(true);
    await failureOf((await subject()).suspend({ lease: 5, signal: AbortSignal.timeout(30) }), Cancelled);
  });

  it("begins within the host's own timeout unless told otherwise", async () => {
    fake.onStream(Process.method.suspendLeased, async function* () {
      await never();
      yield HELD;
    });
    const process = await createHost(fake, { target: "a", timeoutMs: 30 }).process(5);
    const late = await failureOf(process.suspend({ lease: 5 }), DeadlineExceeded);
    expect(late.message).to.contain("30 ms");
    answer(never);
    const patient = await createHost(fake, { target: "a", timeoutMs: 60_000 }).process(5);
    const lease = await patient.suspend({ lease: 60 });
    expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(120_000);
    await lease.release();
  });

  it("refuses what is no lease, without a call", async () => {
    const process = await subject();
    for (const lease of [0, 0.09, 86_401, -1, Number.NaN, "5", null]) {
      await failureOf(process.suspend({ lease: lease as number }), InvalidArgument);
    }
    await failureOf(process.suspend({ lease: 5, laese: 6 } as { lease: number }), InvalidArgument);
    await failureOf(process.suspend({ lease: 5, operationId: "x".repeat(129) }), InvalidArgument);
    expect(fake.count("SuspendLeased")).to.equal(0);
  });
});
