// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const BRIDGE = fileURLToPath(new URL("pty-bridge.py", import.meta.url));
const FRAME = /\x1b\[\?2026h\x1b\[H(.*?)\x1b\[\?2026l/gs;
// The terminal itself puts a carriage return before each newline, also where there is one.
const NEWLINE = /\r+\n/;
const SEQUENCE = /\x1b\[[0-9;?]*[a-zA-Z]/g;

/** A program in a real terminal, with a person's means: keys, the window's size, signals, and looking at it. */
export class TerminalProgram {
  readonly #bridge: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = "";

  constructor(command: readonly string[], size: { columns: number; rows: number }, env: NodeJS.ProcessEnv = {}) {
    this.#bridge = spawn("python3", [BRIDGE, String(size.columns), String(size.rows), ...command], {
      stdio: ["pipe", "pipe", "inherit", "pipe"],
      env: { ...process.env, TERM: "xterm-256color", ...env },
    });
    this.#bridge.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
    });
    // "close": after the last of the output.
    this.#ended = new Promise((resolve) => this.#bridge.once("close", resolve));
  }

  /** Process id of the bridge; the program is its child. */
  get pid(): number {
    return this.#bridge.pid ?? 0;
  }

  /** Everything written to the terminal so far. */
  get output(): string {
    return this.#output;
  }

  /** The frames drawn so far, each as its lines without escape sequences. */
  get frames(): string[][] {
    const frames = Array.from(this.#output.matchAll(FRAME), ([, text = ""]) => text.replace(/\r+\n\x1b\[J$/, ""));
    return frames.map((text) => text.split(NEWLINE).map((line) => line.replace(SEQUENCE, "")));
  }

  /** Types keys. */
  press(keys: string): void {
    this.#bridge.stdin?.write(keys);
  }

  /** Resizes the window. */
  resize(columns: number, rows: number): void {
    this.#command(`resize ${columns} ${rows}`);
  }

  /** Sends a signal to the program, and to no other process. */
  signal(name: NodeJS.Signals): void {
    this.#command(`signal ${constants.signals[name]}`);
  }

  /** Waits until the output is as wanted. Throws with the output if it does not get so in time. */
  async until(isSo: (program: this) => boolean, timeoutMs = 30_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!isSo(this)) {
      if (performance.now() > deadline || this.#bridge.exitCode !== null) {
        throw new Error(`the terminal never showed it: ${JSON.stringify(this.#output.slice(-4_000))}`);
      }
      await sleep(20);
    }
  }

  /** Waits for the program's end. Exit code as the bridge gives it; null if it had to be killed. */
  async ended(timeoutMs = 10_000): Promise<number | null> {
    const impatience = setTimeout(() => this.#bridge.kill("SIGKILL"), timeoutMs);
    const code = await this.#ended;
    clearTimeout(impatience);
    return code;
  }

  #command(line: string): void {
    (this.#bridge.stdio[3] as Writable).write(`${line}\n`);
  }
}
