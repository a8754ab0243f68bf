// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { type CollectorOptions, checkOptions } from "./collector-options.ts";
import { defaultStateDirectory } from "./control/state-directory.ts";

const check = (options: unknown) => () => checkOptions(options as CollectorOptions);

describe("The options of a collector", () => {
  it("have defaults, also for keys that are undefined", () => {
    const roots = { procRoot: "/proc", sysRoot: "/sys", devRoot: "/dev", rootfs: "/" };
    const stateDir = defaultStateDirectory();
    const others = { bpf: true, protectedNames: [], maxThreads: 16, fieldTimeoutMs: 1000, allowExec: false };
    const defaults = { ...roots, ...others, stateDir };
    expect(checkOptions({})).to.deep.equal(defaults);
    expect(checkOptions({ procRoot: undefined, maxThreads: 3 })).to.deep.equal({ ...defaults, maxThreads: 3 });
  });

  it("look for devices below the host's root, unless told where they are", () => {
    expect(checkOptions({ rootfs: "/host/" }).devRoot).to.equal("/host/dev");
    expect(checkOptions({ rootfs: "/host", devRoot: "/dev" }).devRoot).to.equal("/dev");
  });

  it("refuse a key that is misspelt and name the right one", () => {
    expect(check({ procroot: "/p" })).to.throw(TypeError, 'no option "procroot"; did you mean "procRoot"?');
    expect(check({ colour: 1 })).to.throw(TypeError, /no option "colour"$/);
  });

  it("refuse values that cannot be meant", () => {
    for (const procRoot of ["proc", "", "/proc\0/x", 5, null]) {
      expect(check({ procRoot }), String(procRoot)).to.throw(TypeError, "procRoot must be an absolute path");
    }
    expect(check({ stateDir: "run" })).to.throw(TypeError, "stateDir must be an absolute path");
    expect(check({ rootfs: "host" })).to.throw(TypeError, "rootfs must be an absolute path");
    for (const maxThreads of [0, -1, 1.5, 257, Number.NaN, "4", 2 ** 40]) {
      expect(check({ maxThreads }), String(maxThreads)).to.throw(RangeError, "from 1 to 256");
    }
    expect(check({ allowExec: "no" })).to.throw(TypeError, "allowExec must be true or false");
    for (const protectedNames of ["sshd", [1], [""], ["a\0b"], null]) {
      expect(check({ protectedNames }), String(protectedNames)).to.throw(TypeError, "an array of names");
    }
    expect(check({ bpf: "no" })).to.throw(TypeError, "bpf must be true or false");
    expect(check({ fieldTimeoutMs: 0 })).to.throw(RangeError, "from 1 to 60000");
    expect(check(null)).to.throw(TypeError);
  });
});
