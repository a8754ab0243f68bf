// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ChangingFiles } from "./changing-files.ts";

describe("A value made of files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-changing-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made anew when they have changed, and at no other time; what cannot be used does not count", () => {
    const path = join(folder, "file");
    let [now, made] = [0, 0];
    writeFileSync(path, "one");
    const make = () => {
      made++;
      const text = readFileSync(path, "utf8");
      if (text === "half") throw new Error("not whole");
      return text;
    };
    const files = new ChangingFiles([path], make, () => now);
    for (let look = 0; look < 5; look++) {
      now += 1_000;
      expect(files.value).to.equal("one");
    }
    expect(made).to.equal(1);
    writeFileSync(path, "second");
    expect(files.value, "within a second").to.equal("one");
    now += 1_000;
    expect(files.value).to.equal("second");
    writeFileSync(path, "half");
    now += 1_000;
    expect(files.value).to.equal("second");
    rmSync(path);
    now += 1_000;
    expect(files.value).to.equal("second");
    writeFileSync(path, "third one");
    now += 1_000;
    expect(files.value).to.equal("third one");
  });

  it("is not made at all if the first one cannot be", () => {
    expect(() => new ChangingFiles([join(folder, "none")], () => readFileSync(join(folder, "none")))).to.throw(
      "ENOENT",
    );
  });
});
