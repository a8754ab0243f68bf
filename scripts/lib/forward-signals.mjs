// SPDX-License-Identifier: Apache-2.0

/** Keys on a terminal reach the child without us: it is in the same process group. */
const FROM_TERMINAL = ["SIGINT", "SIGQUIT"];
const FORWARDED = ["SIGTERM", "SIGHUP"];

/** Gives a child every signal exactly once, instead of us. Returns a function that stops doing so. */
export function forwardSignals(child) {
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const forward = (signal) => child.kill(signal);
  const ignore = () => {};
  const listeners = [
    ...FROM_TERMINAL.map((signal) => [signal, hasTerminal ? ignore : forward]),
    ...FORWARDED.map((signal) => [signal, forward]),
  ];
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
