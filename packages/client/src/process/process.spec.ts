// SPDX-License-Identifier: Apache-2.0

import { AttributeOutcome, ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import * as errors from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses, used } from "../spec-support/fake-processes.ts";
import { DEFAULT_ATTRIBUTES } from "./attributes.ts";
import type { Process } from "./process.ts";

const failures = (attribute: ProcessAttribute, outcome: AttributeOutcome) => [{ attribute, outcome, osError: 5 }];

describe("Process", () => {
  let fake: FakeProcesses;
  let process: Process;
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, { name: "seven", cmdline: ["a", ""], numThreads: 3, ...used(1) });
    process = await fake.host().process(7);
    fake.asked.length = 0;
  });

  const outcomes: [AttributeOutcome, { new (m: string): errors.HostscopeError }, string][] = [
    [AttributeOutcome.DENIED, errors.AccessDenied, "access_denied"],
    [AttributeOutcome.GONE, errors.NoSuchProcess, "no_such_process"],
    [AttributeOutcome.ZOMBIE, errors.ZombieProcess, "zombie_process"],
    [AttributeOutcome.UNSUPPORTED, errors.Unsupported, "unsupported"],
    [AttributeOutcome.TIMED_OUT, errors.TimeoutExpired, "timeout_expired"],
    [AttributeOutcome.FAILED, errors.InternalError, "os_error"],
    [AttributeOutcome.NOT_PERMITTED, errors.PermissionDenied, "permission_denied"],
    [99 as AttributeOutcome, errors.InternalError, "internal"],
  ];
  for (const [outcome, type, code] of outcomes) {
    it(`a getter whose attribute has outcome ${outcome} fails with ${type.name}`, async () => {
      fake.set(7, { failures: failures(ProcessAttribute.EXE, outcome) });
      const error = await failureOf(process.exe(), type);
      expect(error.constructor).to.equal(type);
      expect(error).to.include({ code, pid: 7, host: "fake:", osError: 5 });
      expect(error.message).to.contain("exe").and.contain("7").and.contain("fake:");
    });
  }

  it("every outcome of the schema is in the table", () => {
    const known = Object.values(AttributeOutcome).filter((outcome) => outcome !== AttributeOutcome.UNSPECIFIED);
    expect(outcomes.slice(0, -1).map(([outcome]) => outcome)).to.deep.equal(known);
  });

  it("without a terminal has null; any other value that is missing without a reason is an error", async () => {
    expect(await process.terminal()).to.equal(null);
    await failureOf(process.username(), errors.InternalError);
  });

  it("getters refuse unknown options and memory types with the nearest that exists", async () => {
    const wrong = await failureOf(process.name({ timeout: 1 } as never), errors.InvalidArgument);
    expect(wrong.message).to.contain('Process.name has no option "timeout"; did you mean "timeoutMs"?');
    const memtype = await failureOf(process.memoryPercent({ memtype: "rsss" as "rss" }), errors.InvalidArgument);
    expect(memtype.message).to.contain('"rsss"; did you mean "rss"?');
    expect(fake.asked).to.deep.equal([]);
  });

  describe("asDict", () => {
    it("gives exactly what was asked for, in one RPC", async () => {
      const values = await process.asDict({ attrs: ["name", "cmdline", "terminal", "name"] });
      expect(values).to.deep.equal({ name: "seven", cmdline: ["a", ""], terminal: null });
      const name: string | null = values.name;
      expect(name).to.equal("seven");
      // @ts-expect-error: not asked for, so not in the type
      expect(values.exe).to.equal(undefined);
      expect(fake.asked).to.deep.equal([[ProcessAttribute.NAME, ProcessAttribute.CMDLINE, ProcessAttribute.TERMINAL]]);
    });

    it("without attrs, or with none, gives all", async () => {
      for (const options of [undefined, { attrs: [] }]) {
        expect(Object.keys(await process.asDict(options))).to.deep.equal([...DEFAULT_ATTRIBUTES]);
      }
    });

    it("puts adValue where a value could not be read, and only there", async () => {
      fake.set(7, { pid: 7n, name: "seven", failures: failures(ProcessAttribute.EXE, AttributeOutcome.ZOMBIE) });
      const attrs = ["name", "exe", "terminal", "cwd"] as const;
      expect(await process.asDict({ attrs })).to.deep.equal({ name: "seven", exe: null, terminal: null, cwd: null });
      const values = await process.asDict({ attrs: ["pid", "exe", "terminal"], adValue: "?" });
      expect(values).to.deep.equal({ pid: 7, exe: "?", terminal: null });
      // The pid is known whatever else is not.
      const pid: number = values.pid;
      expect(pid).to.equal(7);
    });

    it("of a process that ended meanwhile is NoSuchProcess", async () => {
      fake.set(7, { name: "seven", failures: failures(ProcessAttribute.EXE, AttributeOutcome.GONE) });
      await failureOf(process.asDict({ attrs: ["name"] }), errors.NoSuchProcess);
    });

    const wrong: [unknown, string][] = [
      ["cpu_times", 'no attribute "cpu_times"; did you mean "cpuTimes"?'],
      ["cpuTimez", 'no attribute "cpuTimez"; did you mean "cpuTimes"?'],
      ["ref", 'no attribute "ref"'],
      [5, "no attribute 5"],
    ];
    for (const [name, text] of wrong) {
      it(`refuses the attribute ${JSON.stringify(name)}`, async () => {
        const error = await failureOf(process.asDict({ attrs: [name as "name"] }), errors.InvalidArgument);
        expect(error.message).to.contain(text);
      });
    }

    it("refuses attrs that are no list", async () => {
      await failureOf(process.asDict({ attrs: "name" as never }), errors.InvalidArgument);
    });
  });

  describe("cpuPercent", () => {
    const measured = { ...used(5), cpuPercent: { percent: 12.5, interval: 0.1 } };
    beforeEach(() => fake.set(7, measured));

    it("is measured by the agent the first time, and since the last call from then on", async () => {
      expect(await process.cpuPercent()).to.deep.equal({ percent: 12.5, interval: 0.1 });
      fake.now += 2;
      fake.set(7, used(5.5));
      expect(await process.cpuPercent()).to.deep.equal({ percent: 25, interval: 2 });
      expect(fake.asked).to.deep.equal([
        [ProcessAttribute.CPU_PERCENT, ProcessAttribute.CPU_TIMES],
        [ProcessAttribute.CPU_TIMES],
      ]);
    });

    it("with an interval is measured by the agent, given time for it, and sets the mark", async () => {
      await process.cpuPercent({ interval: 3 });
      expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(13_000);
      fake.now += 1;
      fake.set(7, used(6));
      expect(await process.cpuPercent({ interval: 0 })).to.deep.equal({ percent: 100, interval: 1 });
    });

    it("never divides by no time: the agent measures", async () => {
      await process.cpuPercent();
      expect(await process.cpuPercent()).to.deep.equal({ percent: 12.5, interval: 0.1 });
    });

    it("so soon after the last that it would be noise is measured by the agent", async () => {
      await process.cpuPercent();
      fake.now += 0.09;
      expect(await process.cpuPercent()).to.deep.equal({ percent: 12.5, interval: 0.1 });
      fake.now += 0.09;
      expect(await process.asDict({ attrs: ["cpuPercent"] })).to.deep.equal({
        cpuPercent: { percent: 12.5, interval: 0.1 },
      });
    });

    it("counts from the row's own moment and never below zero", async () => {
      fake.set(7, { ...measured, sampledAfterUs: 500_000 });
      await process.cpuPercent();
      fake.now += 1;
      fake.set(7, { ...used(4.9), sampledAfterUs: 250_000 });
      expect(await process.cpuPercent()).to.deep.equal({ percent: 0, interval: 0.75 });
    });

    it("is each object's own", async () => {
      await process.cpuPercent();
      const other = await fake.host().process(7);
      fake.now += 1;
      expect((await other.cpuPercent()).interval).to.equal(0.1);
    });

    it("in asDict is since the last call too", async () => {
      expect(await process.asDict({ attrs: ["cpuPercent"] })).to.deep.equal({
        cpuPercent: { percent: 12.5, interval: 0.1 },
      });
      fake.now += 4;
      fake.set(7, used(6));
      const values = await process.asDict({ attrs: ["cpuPercent"] });
      expect(values).to.deep.equal({ cpuPercent: { percent: 25, interval: 4 } });
    });

    it("does not keep other reads of its tick waiting", async () => {
      await Promise.all([process.cpuPercent(), process.numThreads().catch(() => 0)]);
      expect(fake.count("Get")).to.equal(3);
    });

    for (const interval of [-1, Number.NaN, Number.POSITIVE_INFINITY, "1"]) {
      it(`refuses an interval of ${interval}`, async () => {
        await failureOf(process.cpuPercent({ interval: interval as number }), errors.InvalidArgument);
      });
    }
  });

  it("isRunning is false once the process is gone, and an error when the host is", async () => {
    expect(await process.isRunning()).to.equal(true);
    fake.rows.clear();
    expect(await process.isRunning()).to.equal(false);
    await failureOf(process.isRunning({ timeoutMs: 0 }), errors.DeadlineExceeded);
  });

  it("equals another object for the same process, also if one lacks a mark, and nothing else", async () => {
    const host = fake.host();
    expect(process.equals(await host.process(7))).to.equal(true);
    fake.set(7, {}, 2n);
    expect(process.equals(await host.process(7))).to.equal(false);
    fake.rows.set(7, { ref: { pid: 7n } });
    expect(process.equals(await host.process(7))).to.equal(true);
    expect(process.equals({ pid: 7 } as never)).to.equal(false);
  });
});
