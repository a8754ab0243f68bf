// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { requireMachine } from "./oracle.ts";

type Kind = "mount" | "net";

const isRoot = process.getuid?.() === 0;

/** Command that becomes another program in a new namespace; only a root of its own is needed, which anybody can be. */
export function inNewNamespace(kind: Kind): string[] {
  return ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), `--${kind}`];
}

/** Command that becomes another program in a namespace of the process. */
export function inNamespaceOf(pid: number, kind: Kind): string[] {
  return ["nsenter", "--target", String(pid), ...(isRoot ? [] : ["--user", "--preserve-credentials"]), `--${kind}`];
}

/** Goes on only if such a command works here: containers often forbid it. Else skips, and fails in CI. */
export function requireNamespace(this: Mocha.Context, kind: Kind, program: readonly string[]): void {
  const [unshare = "", ...args] = [...inNewNamespace(kind), ...program];
  const { status } = spawnSync(unshare, args, { stdio: "ignore", timeout: 20_000 });
  requireMachine.call(this, `a ${kind} namespace of one's own`, status === 0);
}
