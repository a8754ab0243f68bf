// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import type { AuditFile, Fields } from "./audit-file.ts";
import { AuditQueue } from "./audit-queue.ts";

/** A disk that does what a test says. */
class FakeFile {
  readonly batches: (readonly Fields[])[] = [];
  failure: Error | null = null;
  #free: (() => void) | null = null;

  async append(fields: readonly Fields[]): Promise<void> {
    if (this.failure !== null) throw this.failure;
    this.batches.push(fields);
    if (this.#free === null) return;
    await new Promise<void>((resolve) => {
      this.#free = resolve;
    });
  }

  hold(): () => void {
    this.#free = () => {};
    return () => {
      const free = this.#free;
      this.#free = null;
      free?.();
    };
  }

  async close(): Promise<void> {}
}

function start() {
  const file = new FakeFile();
  const changes: unknown[] = [];
  return { file, changes, queue: new AuditQueue(file as unknown as AuditFile, (failure) => changes.push(failure)) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("audit queue", () => {
  it("writes what comes while the disk is busy at once, in order", async () => {
    const { file, queue } = start();
    const free = file.hold();
    const all = ["a", "b", "c", "d"].map((name) => queue.write({ name }));
    await settled();
    free();
    await Promise.all(all);
    expect(file.batches.map((batch) => batch.map(({ name }) => name))).to.deep.equal([["a"], ["b", "c", "d"]]);
  });

  it("tells who waits that nothing can be written, keeps what nobody waits for, and says what was lost", async () => {
    const { file, changes, queue } = start();
    file.failure = Object.assign(new Error("no space left"), { code: "ENOSPC" });
    const refused = await queue.write({ name: "intent" }).catch((error: unknown) => error);
    expect(refused).to.equal(file.failure);
    for (let at = 0; at < 1_003; at++) queue.note({ name: `result ${at}` });
    await settled();
    file.failure = null;
    await queue.write({ name: "next" });
    const written = file.batches.flat();
    expect(written[0]).to.include({ phase: "gap", why: "ENOSPC" });
    const lost = written.map((fields) => Number(fields.lost ?? 0)).reduce((sum, each) => sum + each);
    const results = written.filter(({ name }) => String(name).startsWith("result"));
    expect(lost).to.be.within(1, 3);
    expect(results.length + lost).to.equal(1_003);
    expect(written.some(({ name }) => name === "intent")).to.equal(false);
    expect(changes.map((change) => change === null)).to.deep.equal([false, true]);
    expect(queue.failure).to.equal(null);
  });

  it("does not wait for ever for a disk that does not answer", async function () {
    this.timeout(10_000);
    this.slow(6_000);
    const { file, queue } = start();
    const free = file.hold();
    const first = await queue.write({ name: "a" }).catch((error: unknown) => String(error));
    expect(first).to.include("has not answered for");
    const since = performance.now();
    const second = await queue.write({ name: "b" }).catch((error: unknown) => String(error));
    expect(second).to.include("has not answered for");
    expect(performance.now() - since).to.be.below(500);
    free();
    await settled();
    await queue.write({ name: "c" });
  });
});
