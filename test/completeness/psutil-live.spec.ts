// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";
import {
  CLASSES,
  EXCEPTIONS,
  FUNCTIONS,
  LATER_PROCESS,
  NOT_OURS,
  PROCESS,
  WINDOWS_FUNCTIONS,
  WINDOWS_PROCESS,
} from "./psutil-api.ts";
import { LINUX_CONSTANTS, OTHER_CONSTANTS, PROCFS_PATH } from "./psutil-constants.ts";
import { LATER_FIELDS, LEFT_OUT_FIELDS, LINUX_FIELDS, LINUX_SAMPLES, type TupleName } from "./psutil-fields.ts";

// The lists are written by hand, so they are held against a psutil that runs; what that one has more must be known.
describe("The lists of psutil's names beside a psutil that runs", () => {
  let psutil: PsutilOracle;
  before(function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
  });
  after(() => psutil?.stop());

  const known = (name: string): boolean =>
    [FUNCTIONS, CLASSES, EXCEPTIONS, NOT_OURS].some((list) => Object.hasOwn(list, name)) ||
    [...LINUX_CONSTANTS, ...OTHER_CONSTANTS, PROCFS_PATH].includes(name);
  const argumentsOf = (what: string): Promise<string[]> =>
    psutil.value(`list(__import__("inspect").signature(${what}).parameters)`);

  it("know everything public that it has", async () => {
    // psutil's own list of what is public, and what is not on it but documented; modules and dunders are neither.
    const has = await psutil.value<string[]>(
      `sorted(n for n in set(psutil.__all__) | set(dir(psutil)) if n[0] != "_"
        and not isinstance(getattr(psutil, n), type(psutil)) and getattr(getattr(psutil, n), "__module__", "psutil").startswith("psutil"))`.replaceAll(
        /\s*\n\s*/g,
        " ",
      ),
    );
    expect(has.filter((name) => !known(name))).to.deep.equal([]);
  });

  it("name nothing that it has not", async () => {
    const names = [
      ...Object.keys(FUNCTIONS),
      ...Object.keys(CLASSES),
      ...Object.keys(EXCEPTIONS),
      ...Object.keys(NOT_OURS),
      ...LINUX_CONSTANTS,
    ];
    const missing = await psutil.value<string[]>(`[n for n in ${JSON.stringify(names)} if not hasattr(psutil, n)]`);
    expect(missing).to.deep.equal([]);
    for (const name of [
      ...Object.keys(WINDOWS_FUNCTIONS),
      ...OTHER_CONSTANTS.filter((n) => /PRIORITY|IOPRIO/.test(n)),
    ]) {
      expect(await psutil.value(`hasattr(psutil, "${name}")`), name).to.equal(false);
    }
  });

  it("have the methods of Process", async () => {
    const has = await psutil.value<string[]>(`[n for n in dir(psutil.Process) if n[0] != "_"]`);
    expect([...has].sort()).to.deep.equal(Object.keys(PROCESS).sort());
    for (const name of Object.keys({ ...WINDOWS_PROCESS, ...LATER_PROCESS })) expect(has).not.to.contain(name);
  });

  it("have the arguments of functions and methods", async () => {
    for (const [name, args] of Object.entries(FUNCTIONS)) {
      expect(await argumentsOf(`psutil.${name}`), name).to.deep.equal(args);
    }
    for (const [name, args] of Object.entries(PROCESS)) {
      if (name === "pid") continue; // a property
      expect(await argumentsOf(`psutil.Process.${name}`), name).to.deep.equal(["self", ...args]);
    }
  });

  for (const tuple of Object.keys(LINUX_FIELDS) as TupleName[]) {
    it(`have the fields of ${tuple}`, async () => {
      const fields = await psutil.value<string[]>(`${LINUX_SAMPLES[tuple]}._fields`);
      const expected = [...LINUX_FIELDS[tuple], ...(LATER_FIELDS[tuple] ?? []), ...(LEFT_OUT_FIELDS[tuple] ?? [])];
      expect([...fields].sort()).to.deep.equal(expected.sort());
    });
  }
});
