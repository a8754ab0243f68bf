// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { findPsutil } from "./python.ts";

describe("The Python with psutil that tests compare with", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-pythons-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  /** Stands for a Python whose psutil is of this version. */
  const python = (version: string) => {
    const path = join(folder, `python-${version}`);
    writeFileSync(path, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    return path;
  };

  it("has the release that the expectations are of, though another comes first", () => {
    const [none, later, right] = [join(folder, "none"), python("7.1.0"), python("5.9.8")];
    expect(findPsutil([none, later, right])).to.deep.equal({ python: right, versions: ["7.1.0", "5.9.8"] });
  });

  it("is none if only other releases are there, which are named", () => {
    const others = [python("7.1.0"), python("5.90.0"), python("7.1.0")];
    expect(findPsutil(others)).to.deep.equal({ python: null, versions: ["7.1.0", "5.90.0"] });
  });
});
