// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcessesWith } from "./marked-processes.mjs";
import { CACHE } from "./paths.mjs";
import { say } from "./say.mjs";

/** Carries the holder's token to every process that its work starts. */
const MARK = "HOSTSCOPE_SETUP";
const BEAT_MS = 1_000;
const POLL_MS = 200;
/** A holder that has not touched its lock for so long is gone, wherever it ran. */
const SILENCE_MS = 30_000;
const GRAVE_MS = 300_000;

/** What a rename onto an existing folder fails with. */
const TAKEN = process.platform === "win32" ? ["EPERM", "EEXIST"] : ["ENOTEMPTY", "EEXIST"];
const isTaken = (error) => TAKEN.includes(error.code);

function read(lock) {
  try {
    const owner = join(lock, "owner");
    return { ...JSON.parse(readFileSync(owner, "utf8")), beat: statSync(owner).mtimeMs };
  } catch {
    return { token: "unreadable", beat: 0 }; // released this very moment, or damaged
  }
}

function isDead({ host, pid }) {
  if (host !== hostname()) return false; // also of a container of its own
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Puts a dead holder's lock aside. The grave has its token as a name, so no two can bury one lock twice. */
function bury(lock, token) {
  try {
    renameSync(lock, `${lock}.dead.${token}`);
  } catch (error) {
    if (!isTaken(error) && error.code !== "ENOENT") throw error;
  }
}

/** Removes graves that nobody can still mean to dig; only the holder does this. */
function sweep(lock) {
  const folder = dirname(lock);
  for (const entry of readdirSync(folder).filter((name) => name.startsWith(`${basename(lock)}.`))) {
    const path = join(folder, entry);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > GRAVE_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Takes the lock if it is free: a folder that arrives complete, with its owner in it, by one rename. */
function tryTake(lock, token) {
  const own = `${lock}.new.${token}`;
  mkdirSync(own);
  writeFileSync(join(own, "owner"), JSON.stringify({ pid: process.pid, host: hostname(), token }));
  try {
    renameSync(own, lock);
    return true;
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
    return false;
  }
}

async function take(lock, token, silenceMs) {
  let seen = { beat: 0, token: "", since: 0 };
  let isTold = false;
  while (!tryTake(lock, token)) {
    const holder = read(lock);
    const now = performance.now();
    if (holder.token !== seen.token || holder.beat !== seen.beat) seen = { ...holder, since: now };
    if (isDead(holder) || now - seen.since > silenceMs) {
      await endProcessesWith(MARK, holder.token, 0); // a killed setup cannot end what it started
      bury(lock, holder.token);
      continue;
    }
    if (!isTold && holder.pid !== undefined) {
      isTold = true;
      say(`waiting for another setup (process ${holder.pid})...`);
    }
    await sleep(POLL_MS);
  }
}

/** Runs work while no other process runs work under this lock, whatever became of earlier holders. */
export async function withLock(work, { lock = join(CACHE, "setup.lock"), silenceMs = SILENCE_MS } = {}) {
  const token = randomUUID();
  mkdirSync(dirname(lock), { recursive: true });
  await take(lock, token, silenceMs);
  const beat = setInterval(() => {
    if (read(lock).token === token) utimesSync(join(lock, "owner"), new Date(), new Date());
  }, BEAT_MS);
  process.env[MARK] = token;
  try {
    sweep(lock);
    return await work();
  } finally {
    delete process.env[MARK];
    clearInterval(beat);
    if (read(lock).token === token) bury(lock, token);
  }
}
