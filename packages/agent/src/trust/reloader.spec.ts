// SPDX-License-Identifier: Apache-2.0

import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { pino } from "pino";
import { ListenCounts } from "../listen/listen-counts.ts";
import { eventually } from "../spec/agent-fixture.ts";
import { Reloader } from "./reloader.ts";
import { foldersOf } from "./watched-folders.ts";

describe("The reloader", () => {
  let folder: string;
  let reloader: Reloader;
  let counts: ListenCounts;
  let told: string[];
  let value: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-reload-"));
    counts = new ListenCounts();
    reloader = new Reloader(pino({ level: "silent" }), counts);
    told = [];
    reloader.onReload((name) => told.push(`${name} ${value}`));
  });
  afterEach(() => {
    reloader.close();
    rmSync(folder, { recursive: true });
  });
  const look = (path: string) => {
    const load = () => {
      const text = readFileSync(path, "utf8");
      if (text === "bad" || text === "") throw new Error("not sound");
      value = text;
    };
    reloader.add({ name: "it", paths: [path], load });
  };
  const comes = (text: string) => eventually(() => value === text && told.includes(`it ${text}`), 8_000);

  it("sees what is written while it reads the file for the first time", async () => {
    const path = join(folder, "file");
    writeFileSync(path, "one");
    const load = () => {
      value = readFileSync(path, "utf8");
      if (value === "one") writeFileSync(path, "twice");
    };
    reloader.add({ name: "it", paths: [path], load });
    expect(value).to.equal("one");
    await comes("twice");
  });

  it("sees a file that is written over, renamed over, and removed and made anew", async () => {
    const path = join(folder, "file");
    writeFileSync(path, "one");
    look(path);
    writeFileSync(path, "two");
    await comes("two");
    writeFileSync(`${path}.new`, "three");
    renameSync(`${path}.new`, path);
    await comes("three");
    unlinkSync(path);
    await eventually(() => counts.reloads.get("it")?.stale === true, 8_000);
    writeFileSync(path, "four");
    await comes("four");
    expect(counts.reloads.get("it")).to.have.property("stale", false);
  });

  it("sees links swapped on the way, as Kubernetes does it, time and again", async () => {
    for (const version of ["v1", "v2", "v3"]) {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, "file"), version);
    }
    symlinkSync("v1", join(folder, "..data"));
    symlinkSync("..data/file", join(folder, "file"));
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(join(folder, "file"), join(elsewhere, "file"));
    look(join(elsewhere, "file"));
    for (const version of ["v2", "v3", "v1"]) {
      symlinkSync(version, join(folder, "..new"));
      renameSync(join(folder, "..new"), join(folder, "..data"));
      await comes(version);
    }
  });

  it("keeps what was good when what comes is not, says so, and takes a good one again", async () => {
    const path = join(folder, "file");
    writeFileSync(path, "one");
    look(path);
    writeFileSync(path, "bad");
    await eventually(() => (counts.reloads.get("it")?.failed ?? 0) > 0, 8_000);
    expect(value).to.equal("one");
    expect(told).to.deep.equal([]);
    expect(counts.reloads.get("it")).to.include({ ok: 0, stale: true });
    writeFileSync(path, "one");
    await comes("one");
  });

  it("takes all over when it is told to, changed or not", () => {
    const path = join(folder, "file");
    writeFileSync(path, "one");
    look(path);
    reloader.reload();
    expect(told).to.deep.equal(["it one"]);
  });

  it("knows the folders of a file that is not there", () => {
    expect([...foldersOf(join(folder, "none", "file"))]).to.deep.equal([join(folder, "none")]);
  });
});
