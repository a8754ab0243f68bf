// SPDX-License-Identifier: Apache-2.0

import { writeSync } from "node:fs";
import type { ReadStream, WriteStream } from "node:tty";

// Alternate screen, no line wrap, no cursor; and the way back.
const ENTER = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J";
const LEAVE = "\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";
// Synchronized update: terminals that know it show the frame at once, others ignore it.
const BEGIN = "\x1b[?2026h\x1b[H";
const END = "\x1b[?2026l";
// Erased before it is written: afterwards, the cursor stands on the last letter of a line as wide as the window.
const ERASE_LINE = "\x1b[K";
const ERASE_BELOW = "\r\n\x1b[J";
const CTRL_C = 0x03;
const KEY_Q = 0x71;

type Screen = WriteStream & { readonly fd: number };

/** A terminal taken over for a full-screen view, until restore(). */
export class Terminal {
  readonly #input: ReadStream;
  readonly #output: Screen;
  #entered = false;
  #flushed = true;
  #onQuit: () => void = () => {};
  #onResize: () => void = () => {};

  constructor(input: ReadStream, output: Screen) {
    this.#input = input;
    this.#output = output;
  }

  /** Size of the window. */
  get size(): { columns: number; rows: number } {
    // A terminal that has not been told its size says 0.
    return { columns: this.#output.columns || 80, rows: this.#output.rows || 24 };
  }

  /** Takes the screen and the keyboard. `onQuit` is called for q, Ctrl-C, and when the keyboard goes away. */
  enter(onQuit: () => void, onResize: () => void): void {
    this.#entered = true;
    this.#onQuit = onQuit;
    this.#onResize = onResize;
    process.once("exit", this.restore);
    // Comes before Node prints an uncaught error, which would otherwise vanish with the alternate screen.
    process.once("uncaughtExceptionMonitor", this.restore);
    this.#output.on("resize", this.#onResize);
    this.#output.write(ENTER);
    if (!this.#input.isTTY) return; // no keyboard: signals stop the view
    this.#input.setRawMode(true);
    this.#input.on("data", this.#onData);
    this.#input.on("end", this.#onQuit);
    this.#input.on("error", this.#onQuit);
    this.#input.resume();
  }

  /** Shows a frame in one write. Skipped while the terminal has not taken the one before. */
  draw(lines: readonly string[]): void {
    if (!this.#entered || !this.#flushed) return;
    const text = lines.map((line) => ERASE_LINE + line).join("\r\n");
    const below = lines.length < this.size.rows ? ERASE_BELOW : "";
    this.#flushed = this.#output.write(`${BEGIN}${text}${below}${END}`);
    if (!this.#flushed) this.#output.once("drain", this.#onDrain);
  }

  /** Gives the terminal back as it was. Harmless when called twice. */
  readonly restore = (): void => {
    if (!this.#entered) return;
    this.#entered = false;
    process.off("exit", this.restore);
    process.off("uncaughtExceptionMonitor", this.restore);
    this.#output.off("resize", this.#onResize);
    this.#input.off("data", this.#onData);
    this.#input.off("end", this.#onQuit);
    this.#input.pause();
    try {
      if (this.#input.isTTY) this.#input.setRawMode(false);
      writeNow(this.#output.fd, LEAVE);
    } catch {
      // The terminal is gone, nothing is left to restore.
    }
  };

  readonly #onDrain = (): void => {
    this.#flushed = true;
  };

  readonly #onData = (bytes: Buffer): void => {
    if (bytes.some((byte) => byte === CTRL_C || byte === KEY_Q)) this.#onQuit();
  };
}

/** Writes before it returns: the process may end right after. */
function writeNow(fd: number, text: string): void {
  let left = Buffer.from(text);
  const deadline = Date.now() + 500;
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(fd, left));
    } catch (error) {
      // A terminal that is busy with the frame before says EAGAIN.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || Date.now() > deadline) throw error;
    }
  }
}
