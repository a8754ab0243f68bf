// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, linkSync, lstatSync, renameSync, type Stats, unlinkSync } from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { AgentStartError } from "../agent-start-error.ts";
import { checkFolder } from "./socket-folder.ts";

const MODE = 0o660;
const TRIES = 5;
const CONNECT_MS = 2_000;

/** A place for a socket that is made next to it and put there whole, so that it never shows with another mode or group. */
export class SocketPath {
  /** Where it is served. */
  readonly path: string;
  /** Where to bind it first; a name that nobody knows, 7 bytes longer. */
  readonly draft: string;
  #placed: Stats | null = null;

  /** Throws AgentStartError if others can write the folder. */
  constructor(path: string) {
    this.path = join(checkFolder(dirname(path)), basename(path));
    this.draft = `${this.path}.${randomBytes(3).toString("hex")}`;
  }

  /** Opens the bound draft to its users and puts it in its place. A socket that nobody serves any more makes room. */
  async place(gid: number | null): Promise<void> {
    if (gid !== null) this.#own(gid);
    chmodSync(this.draft, MODE);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (this.#link()) return;
      await this.#clear();
    }
    throw new AgentStartError("socket_in_use", `other agents keep taking ${this.path}`);
  }

  /** Removes the socket, unless another one is in its place by now. */
  remove(): void {
    try {
      if (this.#placed !== null && isSame(lstatSync(this.path), this.#placed)) unlinkSync(this.path);
    } catch {
      // Whoever removed it first has done our work.
    }
  }

  #own(gid: number): void {
    try {
      chownSync(this.draft, -1, gid);
    } catch (cause) {
      const text = `this user may not give ${this.path} to group ${gid}: be a member of it, or root`;
      throw new AgentStartError("not_permitted", text, { cause });
    }
  }

  /** Fails, unlike a rename, if something is there: of two agents that start at once one is told. */
  #link(): boolean {
    try {
      linkSync(this.draft, this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
    this.#placed = lstatSync(this.path);
    unlinkSync(this.draft);
    return true;
  }

  /** Removes a stale socket, and nothing else. */
  async #clear(): Promise<void> {
    const found = lstatOrNull(this.path);
    if (found === null) return;
    if (!found.isSocket()) {
      throw new AgentStartError("unsafe_path", `${this.path} is there and is no socket; it is left alone`);
    }
    const uid = process.geteuid?.() ?? 0;
    if (found.uid !== uid && uid !== 0) {
      throw new AgentStartError("unsafe_path", `${this.path} is a socket of another user; it is left alone`);
    }
    if (await answers(this.path)) {
      throw new AgentStartError("socket_in_use", `${this.path} is served already, probably by another agent`);
    }
    // Taken out of the way before it is removed: somebody may have put a live one there since.
    const aside = `${this.draft}x`;
    try {
      renameSync(this.path, aside);
    } catch {
      return;
    }
    const moved = lstatSync(aside);
    if (!isSame(moved, found) && lstatOrNull(this.path) === null) linkSync(aside, this.path);
    unlinkSync(aside);
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function lstatOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Whether somebody serves a socket. One that takes too long to answer does. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      done();
    };
    const timer = setTimeout(() => settle(() => resolve(true)), CONNECT_MS);
    socket.once("connect", () => settle(() => resolve(true)));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") return settle(() => resolve(false));
      if (error.code === "EAGAIN") return settle(() => resolve(true)); // its backlog is full
      const text = `cannot tell whether ${path} is served: ${error.message}`;
      settle(() => reject(new AgentStartError("bind_failed", text, { cause: error })));
    });
  });
}
