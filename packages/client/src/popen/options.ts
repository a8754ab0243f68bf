// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { PopenStartSchema } from "@hostscope/proto/gen/popen";
import { type CallOptions, checkOptions, describe, flag } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";

/** What becomes of an output: read by the caller, or dropped. */
export type PopenStdio = "pipe" | "ignore";

/** What Host.popen takes besides the arguments. `timeoutMs` is for the start alone; `signal` ends the process. */
export interface PopenOptions extends CallOptions {
  /** The whole environment: nothing is inherited. @default {} */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory, an absolute path. @default "/" */
  readonly cwd?: string | undefined;
  /** User to run as, by name or number, with that user's main group and no others. @default the agent's own */
  readonly username?: string | undefined;
  /** Whether it goes on when its Popen is closed or the connection breaks. @default false */
  readonly detached?: boolean | undefined;
  /** What becomes of its standard output. @default "pipe" */
  readonly stdout?: PopenStdio | undefined;
  /** What becomes of its standard error. @default "pipe" */
  readonly stderr?: PopenStdio | undefined;
}

const OWN = ["env", "cwd", "username", "detached", "stdout", "stderr"];

/** Checks what popen() was given. What the host knows better, it checks itself. Throws InvalidArgument. */
export function startOf(
  args: readonly string[],
  options: PopenOptions = {},
): MessageInitShape<typeof PopenStartSchema> {
  const call = "Host.popen";
  checkOptions(call, options, OWN);
  if (!Array.isArray(args) || args.length === 0 || !args.every((arg) => typeof arg === "string")) {
    throw new InvalidArgument(`${call} takes a list of arguments that begins with a program's path`);
  }
  const { env = {}, cwd, username, stdout = "pipe", stderr = "pipe" } = options;
  if (typeof env !== "object" || env === null || !Object.values(env).every((value) => typeof value === "string")) {
    throw new InvalidArgument(`${call}: env must be an object of texts`);
  }
  for (const [name, value] of Object.entries({ cwd, username })) {
    if (value !== undefined && typeof value !== "string") {
      throw new InvalidArgument(`${call}: ${name} must be a text, not ${describe(value)}`);
    }
  }
  for (const [name, value] of Object.entries({ stdout, stderr })) {
    if (value !== "pipe" && value !== "ignore") {
      throw new InvalidArgument(`${call}: ${name} must be "pipe" or "ignore", not ${describe(value)}`);
    }
  }
  return {
    args: [...args],
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(username === undefined ? {} : { username }),
    detached: flag(call, "detached", options.detached),
  };
}
