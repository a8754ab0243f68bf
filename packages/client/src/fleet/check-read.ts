// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { Connection } from "../connection.ts";
import { InvalidArgument } from "../errors.ts";
import { Host } from "../host/host.ts";
import { callRead, type ReadName } from "./reads.ts";

const nobody = (): never => {
  throw new StatusError(StatusCode.UNAVAILABLE, "there is nobody here");
};

/** A host that is asked nothing: what fails before it would be asked fails the same on every host. */
const NOWHERE: Transport = {
  unary: async () => nobody(),
  // biome-ignore lint/correctness/useYield: it fails before it could
  async *serverStream() {
    nobody();
  },
  // biome-ignore lint/correctness/useYield: it fails before it could
  async *bidiStream() {
    nobody();
  },
  close: async () => {},
};

/** A Host that nobody is behind, to check what a call is given. */
export function nowhere(): Host {
  return new Host(new Connection(NOWHERE, "fleet:"));
}

/** Fails with InvalidArgument if no host could make sense of these arguments; then a fleet need not ask a thousand. */
export async function checkRead(name: ReadName, args: readonly unknown[], options: unknown): Promise<void> {
  const error = await callRead(nowhere(), name, args, options as object).catch((reason: unknown) => reason);
  if (error instanceof InvalidArgument) {
    throw error;
  }
}
