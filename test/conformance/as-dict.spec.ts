// SPDX-License-Identifier: Apache-2.0

import { Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { machine, type Oracle, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describeOnEveryTransport("asDict and its recipes", (host) => {
  let oracle: Oracle;
  let target: Target;
  before(async function () {
    oracle = await machine.oracle(this);
    target = await machine.target({ args: ["as-dict-target"] });
  });
  after(async () => {
    oracle?.stop();
    await target?.stop();
  });

  it("asDict() has psutil's names, and those of psutil 8 that this platform has", async () => {
    const theirs = await oracle.psutil.value<object>("psutil.Process().as_dict()");
    const ours = await (await host().process(target.pid)).asDict();
    const added = ["memoryInfoEx", "pageFaults"];
    expect(Object.keys(ours).sort()).to.deep.equal([...Object.keys(theirs).map(camelCase), ...added].sort());
    for (const [name, value] of Object.entries(ours)) {
      // A process of our own, without a terminal: nothing else is without a value.
      if (name !== "terminal") expect(value, name).to.not.equal(null);
    }
  });

  itProves(
    "asDict() gives what the getters give, of all attributes that the host has",
    ["process.asDict"],
    async () => {
      const process = await host().process(target.pid);
      const all = await process.asDict();
      const { processAttributes } = await host().hostInfo();
      expect(processAttributes).to.include.members(Object.keys(all));
      expect(all).to.include({
        pid: target.pid,
        exe: target.facts.exe,
        cwd: target.facts.cwd,
        status: machine.idleStatus,
      });
      for (const name of [
        "name",
        "cmdline",
        "ppid",
        "createTime",
        "username",
        "numThreads",
        "nice",
        "environ",
      ] as const) {
        expect(all[name], name).to.deep.equal(await process[name]());
      }
    },
  );

  it("what the host does not have is Unsupported if it is named", async () => {
    const process = await host().process(target.pid);
    const { processAttributes } = await host().hostInfo();
    const known: readonly string[] = processAttributes;
    const lacking = (["numHandles", "numFds", "uids", "terminal", "cgroup"] as const).filter(
      (name) => !known.includes(name),
    );
    expect(lacking).to.not.be.empty;
    for (const name of lacking) {
      for (const call of [() => process[name](), () => process.asDict({ attrs: [name] })]) {
        const error = await (call() as Promise<unknown>).then(
          () => null,
          (reason: unknown) => reason,
        );
        expect(error, name).to.be.instanceOf(Unsupported);
      }
    }
  });

  const BY_NAME = ["host.processesByName"];
  itProves(
    "processesByName() finds by name, by executable and by first argument, as psutil's recipe does",
    BY_NAME,
    async () => {
      const process = await host().process(target.pid);
      const [name, exe, [first = ""]] = await Promise.all([process.name(), process.exe(), process.cmdline()]);
      const fileName = exe.slice(Math.max(exe.lastIndexOf("/"), exe.lastIndexOf("\\")) + 1);
      for (const wanted of [name, fileName, first]) {
        const found = (await host().processesByName(wanted)).map(({ pid }) => pid);
        // Others of this name may come and go meanwhile; ours stays.
        expect(found, wanted).to.include(target.pid);
      }
      const named = (await oracle.system<{ pid: number; name: string }[]>("processes")).filter(
        (row) => row.name === name,
      );
      expect((await host().processesByName(name)).map(({ pid }) => pid)).to.include.members(
        named.map(({ pid }) => pid).filter((pid) => pid === target.pid),
      );
      expect(await host().processesByName(`${name}-of-another`)).to.deep.equal([]);
    },
  );
});
