// SPDX-License-Identifier: Apache-2.0

import { Process } from "@hostscope/proto/gen/process";
import { Guarantee } from "@hostscope/proto/gen/process_control";
import { ControlOutcome } from "@hostscope/proto/gen/process_tree";
import { expect } from "chai";
import { FailedPrecondition, InvalidArgument } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";

describe("Host.previewSignal", () => {
  let fake: FakeProcesses;
  let asked: unknown[];
  const answer = (pids: number[], token: string | null) =>
    fake.on(Process.method.previewSignal, ({ selector, signal, maxMatches }) => {
      const { name, username, cmdline } = selector ?? {};
      asked.push({ name, username, cmdline, signal, maxMatches });
      const matches = pids.map((pid) => ({ ref: { pid: BigInt(pid) }, name: "x" }));
      return { matches, ...(token === null ? {} : { token, expiresIn: 60 }) };
    });

  beforeEach(() => {
    fake = new FakeProcesses();
    asked = [];
    fake.on(Process.method.commitSignal, ({ token, mutation }) => {
      asked.push({ token, reason: mutation?.reason, operationId: mutation?.operationId });
      return { targets: [{ ref: { pid: 7n }, outcome: ControlOutcome.SIGNALLED, guarantee: Guarantee.ATOMIC }] };
    });
  });

  it("asks for what was given, for one match unless told otherwise, and commits by the token", async () => {
    answer([7], "t0");
    const preview = await fake.host().previewSignal({ name: "x", cmdline: "y z" }, 15);
    expect(preview.matches.map(({ ref }) => ref?.pid)).to.deep.equal([7]);
    expect(preview.committable).to.equal(true);
    const [target] = await preview.commit({ reason: "why", operationId: "id" });
    expect(target).to.include({ outcome: "signalled", guarantee: "atomic" });
    await fake.host().previewSignal({ username: "u", name: undefined }, 1, { maxMatches: 9 });
    expect(asked).to.deep.equal([
      { name: "x", username: undefined, cmdline: "y z", signal: 15, maxMatches: 1 },
      { token: "t0", reason: "why", operationId: "id" },
      { name: undefined, username: "u", cmdline: undefined, signal: 1, maxMatches: 9 },
    ]);
  });

  it("commits nothing without a token, and does not ask", async () => {
    answer([7, 8], null);
    const preview = await fake.host().previewSignal({ name: "x" }, 15);
    expect(preview.committable).to.equal(false);
    const error = await failureOf(preview.commit(), FailedPrecondition);
    expect(error.message).to.contain("2 processes match, and 1 may");
    expect(fake.count("CommitSignal")).to.equal(0);
  });

  it("refuses a selector that could mean everybody, without asking", async () => {
    answer([], null);
    const preview = fake.host().previewSignal.bind(fake.host()) as (...args: unknown[]) => Promise<unknown>;
    for (const selector of [{}, { name: "" }, { cmdline: undefined }, { user: "x" }, { name: 5 }, null, "x"]) {
      await failureOf(preview(selector, 15), InvalidArgument);
    }
    for (const maxMatches of [0, -1, 1.5, 10_001, Number.NaN, "1"]) {
      await failureOf(preview({ name: "x" }, 15, { maxMatches }), InvalidArgument);
    }
    await failureOf(preview({ name: "x" }, 15, { maxMatch: 5 }), InvalidArgument);
    await failureOf(preview({ name: "x" }, 1.5), InvalidArgument);
    expect(fake.count("PreviewSignal")).to.equal(0);
  });
});
