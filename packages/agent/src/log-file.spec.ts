// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LogFile } from "./log-file.ts";

describe("A log file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-log-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("goes on where it ended, and begins anew when it is full, with the one before beside it", () => {
    const path = join(folder, "agent.log");
    const first = new LogFile(path, 20);
    first.write("one\n");
    first.close();
    const second = new LogFile(path, 20);
    second.write("two\n");
    expect(readFileSync(path, "utf8")).to.equal("one\ntwo\n");
    second.write("a line that is long\n");
    expect(readFileSync(path, "utf8")).to.equal("a line that is long\n");
    expect(readFileSync(`${path}.1`, "utf8")).to.equal("one\ntwo\n");
    second.write("three\n");
    expect(readFileSync(`${path}.1`, "utf8")).to.equal("a line that is long\n");
    second.close();
  });

  it("takes a line that is longer than it may be, alone", () => {
    const path = join(folder, "agent.log");
    const log = new LogFile(path, 5);
    log.write("longer than five\n");
    expect(readFileSync(path, "utf8")).to.equal("longer than five\n");
    expect(existsSync(`${path}.1`)).to.equal(false);
    log.close();
  });

  it("fails at once where there can be none, and never later", () => {
    expect(() => new LogFile(join(folder, "none", "agent.log"))).to.throw("ENOENT");
    const log = new LogFile(join(folder, "agent.log"));
    log.close();
    log.write("nobody reads this\n");
  });
});
