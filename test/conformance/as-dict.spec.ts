// SPDX-License-Identifier: Apache-2.0

import { Unsupported } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { requireOracle } from "../support/oracle.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { findPython } from "../support/python.ts";

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describeOnEveryTransport("asDict and its recipes against psutil", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    const python = findPython(["psutil"]);
    requireOracle.call(this, "python3-psutil", python !== null);
    psutil = new PsutilOracle(python as string);
    target = await pythonProcess("rename(b'as-dict-target')");
  });
  after(async () => {
    psutil?.stop();
    await target?.stop();
  });

  it("asDict() has psutil's names, and those of psutil 8 that this platform has", async () => {
    const theirs = await psutil.value<object>(`psutil.Process(${target.pid}).as_dict()`);
    const ours = await (await host().process(target.pid)).asDict();
    const added = ["memoryInfoEx", "pageFaults"];
    expect(Object.keys(ours).sort()).to.deep.equal([...Object.keys(theirs).map(camelCase), ...added].sort());
    for (const [name, value] of Object.entries(ours)) {
      // A process of our own, without a terminal: nothing else is without a value.
      if (name !== "terminal") expect(value, name).to.not.equal(null);
    }
  });

  it("what Linux does not have is Unsupported if it is named", async () => {
    const process = await host().process(target.pid);
    for (const call of [process.numHandles(), process.asDict({ attrs: ["numHandles"] })]) {
      const error = await call.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(Unsupported);
    }
  });

  it("processesByName() finds by name, by executable and by first argument, as psutil's recipe does", async () => {
    const process = await host().process(target.pid);
    const [exe, [first = ""]] = await Promise.all([process.exe(), process.cmdline()]);
    const fileName = exe.slice(exe.lastIndexOf("/") + 1);
    expect((await host().processesByName("as-dict-target")).map(({ pid }) => pid)).to.deep.equal([target.pid]);
    for (const name of ["as-dict-target", fileName, first]) {
      const found = (await host().processesByName(name)).map(({ pid }) => pid);
      const recipe = `[p.pid for p in psutil.process_iter(["name", "exe", "cmdline"])
        if p.info["name"] == "${name}" or p.info["exe"] and p.info["exe"].split("/")[-1] == "${name}"
        or p.info["cmdline"] and p.info["cmdline"][0] == "${name}"]`;
      // Others of this name may come and go meanwhile; ours stays.
      expect(await psutil.value<number[]>(recipe), name).to.include(target.pid);
      expect(found, name).to.include(target.pid);
    }
    expect(await host().processesByName("as-dict-targe")).to.deep.equal([]);
  });
});
