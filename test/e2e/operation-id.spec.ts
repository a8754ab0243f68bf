// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { Aborted, type Host, HostUnreachable, open, type Process } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";
import { COUNTED, type SignalCounter, signalCounter } from "../support/signal-counter.ts";
import { stateFolder } from "../support/state-folder.ts";
import { writeTokens } from "../support/token-file.ts";

const ROUNDS = process.env.HOSTSCOPE_LONG === "1" ? 200 : 6;

/** What one call, or its retry, came to. */
type Answer = "done" | "lost" | "unknown";

async function answerOf(call: Promise<unknown>): Promise<Answer> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (error instanceof HostUnreachable) return "lost";
    if (error instanceof Aborted && error.code === "operation_unknown") return "unknown";
    throw error;
  }
}

const numbers = Array.from({ length: COUNTED.last - COUNTED.first + 1 }, (_, index) => COUNTED.first + index);

describe("An agent that is killed in the middle of control calls", () => {
  const state = stateFolder();
  let victim: SignalCounter;
  afterEach(() => victim?.stop());
  after(() => state.remove());

  const using = async <T>(work: (host: Host, kill: () => void) => Promise<T>): Promise<T> => {
    const agent = await startAgent("--state-dir", state.path);
    const host = await open(agent.target);
    try {
      return await work(host, () => agent.child.kill("SIGKILL"));
    } finally {
      await host.close();
      await agent.stop();
    }
  };
  const sendAll = (subject: Process, round: number) =>
    Promise.all(numbers.map((signal) => answerOf(subject.sendSignal(signal, { operationId: `${round} ${signal}` }))));

  it(`has acted at most once, and a retry never acts twice (${ROUNDS} rounds)`, async function () {
    this.timeout(ROUNDS * 20_000);
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      victim = await signalCounter();
      const first = await using(async (host, kill) => {
        const answers = sendAll(await host.process(victim.pid), round);
        // While some have acted, some are acting, and some have not begun.
        await Promise.race([answers, victim.reached(1 + Math.floor(Math.random() * (numbers.length - 1)))]);
        kill();
        return answers;
      });
      const before = await victim.counts();
      const { retried, again } = await using(async (host) => {
        const subject = await host.process(victim.pid);
        return { retried: await sendAll(subject, round), again: await sendAll(subject, round) };
      });
      const counts = await victim.counts();
      await victim.stop();
      for (const [index, number] of numbers.entries()) {
        const count = counts.get(number) ?? 0;
        const story = `${first[index]} with ${before.get(number) ?? 0} signals, then ${retried[index]} with ${count}`;
        seen.set(story, (seen.get(story) ?? 0) + 1);
        expect(count, story).to.be.below(2);
        expect(retried[index], story).to.be.oneOf(first[index] === "done" ? ["done"] : ["done", "unknown"]);
        expect(again[index], story).to.equal(retried[index]);
        if (retried[index] === "done") expect(count, story).to.equal(1);
      }
    }
    // Otherwise no answer was lost of a call that had acted, and nothing is proved.
    const stories = [...seen.keys()];
    expect(
      stories.some((story) => story.startsWith("lost with 1 ")),
      stories.join("\n"),
    ).to.equal(true);
    if (process.env.HOSTSCOPE_LONG === "1") for (const [story, count] of seen) console.log(`      ${count} × ${story}`);
  });

  it("without an id a retry acts again, which the counter sees", async () => {
    victim = await signalCounter();
    await using(async (host) => {
      const subject = await host.process(victim.pid);
      await subject.sendSignal(COUNTED.first);
      await subject.sendSignal(COUNTED.first);
    });
    expect((await victim.counts()).get(COUNTED.first)).to.equal(2);
  });

  it("an id is its caller's own: another's acts, and neither learns of the other", async () => {
    victim = await signalCounter();
    const path = join(state.path, "tokens.json");
    const tokens = writeTokens(path, { ci: ["owner"], ops: ["owner"] });
    const agent = await startAgent("--state-dir", state.path, "--tokens", path);
    const hosts = await Promise.all(
      ["ci", "ops"].map((name) => open(agent.target, { credentials: { token: tokens.get(name) ?? "" } })),
    );
    try {
      for (const host of hosts) {
        const subject = await host.process(victim.pid);
        for (let call = 0; call < 3; call++) await subject.sendSignal(COUNTED.first, { operationId: "shared" });
      }
      expect((await victim.counts()).get(COUNTED.first)).to.equal(2);
    } finally {
      for (const host of hosts) await host.close();
      await agent.stop();
    }
  });
});
