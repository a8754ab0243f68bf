// SPDX-License-Identifier: Apache-2.0

import { choice, describe } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { InternalError, InvalidArgument } from "../errors.ts";
import { decodeHostInfoResponse } from "../gen/hostscope/v1/host_plain.ts";
import { METHODS } from "../methods.ts";
import type { MutationOptions } from "../mutation.ts";
import { isWhole } from "../process/ref.ts";

// Of each host once: they do not change while it runs.
const known = new WeakMap<Connection, ReadonlyMap<string, number>>();

/** What a caller may name a signal by: the host's own number, or its name, such as "SIGTERM". */
export type Signal = number | `SIG${string}` | `CTRL_${string}`;

/**
 * The host's number of a signal. A name means what it means there, so that the host's table is asked for, once. Throws
 * InvalidArgument for a name that it does not have; whether it has a number is for the host to say.
 */
export async function signalNumber(
  connection: Connection,
  call: string,
  signal: unknown,
  options: MutationOptions | undefined,
): Promise<number> {
  if (isWhole(signal) && Math.abs(signal) < 2 ** 31) {
    return signal;
  }
  if (typeof signal !== "string") {
    throw new InvalidArgument(`${call} takes a signal's number or name, not ${describe(signal)}`);
  }
  return choice(call, "signal", signal, await numbersOf(connection, options));
}

async function numbersOf(
  connection: Connection,
  options: MutationOptions | undefined,
): Promise<ReadonlyMap<string, number>> {
  const before = known.get(connection);
  if (before !== undefined) {
    return before;
  }
  const { hostInfo } = await connection.unary({
    method: METHODS.hostInfo,
    request: new Uint8Array(0),
    decode: decodeHostInfoResponse,
    options,
  });
  if (hostInfo?.constants == null) {
    throw new InternalError(`${connection.target} does not tell its signals`, { host: connection.target });
  }
  const numbers = new Map(hostInfo.constants.signals.map(({ name, number }) => [name, number]));
  known.set(connection, numbers);
  return numbers;
}
