// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { withLock } from "./setup-lock.mjs";

const MODULE = JSON.stringify(new URL("./setup-lock.mjs", import.meta.url).href);

/** Adds one to a number in a file twenty times, slowly enough to lose some if two do so at once. */
const ADDER = `
  import { readFileSync, writeFileSync } from "node:fs";
  import { setTimeout as sleep } from "node:timers/promises";
  import { withLock } from ${MODULE};
  const [file, lock] = process.argv.slice(1);
  for (let i = 0; i < 20; i++) await withLock(async () => {
    const value = Number(readFileSync(file, "utf8"));
    await sleep(2);
    writeFileSync(file, String(value + 1));
  }, { lock });
`;

describe("the lock of the setup", function () {
  this.timeout(60_000);

  let folder;
  let lock;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-lock-"));
    lock = join(folder, "setup.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function leaveLock(owner) {
    mkdirSync(lock);
    writeFileSync(join(lock, "owner"), JSON.stringify(owner));
  }

  it("lets one process in at a time", async () => {
    const file = join(folder, "number");
    writeFileSync(file, "0");
    const adders = [1, 2, 3].map(() =>
      spawn(process.execPath, ["--input-type=module", "-e", ADDER, file, lock], { stdio: "ignore" }),
    );
    const codes = await Promise.all(adders.map(async (adder) => (await once(adder, "exit"))[0]));
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(readFileSync(file, "utf8")).to.equal("60");
  });

  it("is free again after work that failed", async () => {
    const failure = new Error("x");
    const outcome = await withLock(() => Promise.reject(failure), { lock }).catch((error) => error);
    expect(outcome).to.equal(failure);
    expect(await withLock(async () => 7, { lock })).to.equal(7);
  });

  it("is taken at once from a process that has died, even by many at once", async () => {
    const dead = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    await once(dead, "exit");
    leaveLock({ pid: dead.pid, host: hostname(), token: "dead" });
    let inside = 0;
    const work = async () => {
      inside++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(inside).to.equal(1);
      inside--;
    };
    const start = performance.now();
    await Promise.all([1, 2, 3, 4].map(() => withLock(work, { lock })));
    expect(performance.now() - start).to.be.lessThan(10_000);
  });

  it("is taken from a killed process together with what it had started", async () => {
    const holder = `
      import { spawn } from "node:child_process";
      import { withLock } from ${MODULE};
      await withLock(async () => {
        console.log(spawn("sleep", ["60"], { stdio: "ignore", detached: true }).pid);
        await new Promise(() => {});
      }, { lock: process.argv[1] });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", holder, lock], {
      stdio: ["ignore", "pipe", 2],
    });
    const pid = Number((await once(child.stdout, "data"))[0]);
    child.kill("SIGKILL");
    await once(child, "exit");
    // The command line of a process that has ended is empty, whoever is late to collect it.
    const command = () => (existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "");
    expect(command()).to.contain("sleep");
    await withLock(async () => expect(command()).to.equal(""), { lock });
  });

  it("is taken from a process elsewhere that has been silent for long, not sooner", async () => {
    leaveLock({ pid: 1, host: "elsewhere", token: "silent" });
    const start = performance.now();
    await withLock(async () => {}, { lock, silenceMs: 700 });
    expect(performance.now() - start).to.be.within(650, 10_000);
  });

  it("is taken in the end if it is damaged", async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, "owner"), "{");
    await withLock(async () => {}, { lock, silenceMs: 300 });
  });
});
