// SPDX-License-Identifier: Apache-2.0

/** A line for the person at the terminal; on stderr, because stdout belongs to the program that is started. */
export function say(text) {
  process.stderr.write(`hostscope: ${text}\n`);
}

/** A setup that cannot go on, with a message that says what to do. */
export class SetupError extends Error {}

/** A setup that a signal ended; whoever catches it passes the signal on to itself. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}
