// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { InvalidArgument } from "../errors.ts";
import { ChangingFiles, readLine } from "./changing-files.ts";
import type { Credentials } from "./credentials.ts";

// What may stand in a header; anything else would fail deep inside grpc-js, with the token in the error.
const SOUND = /^[\x21-\x7e]{1,4096}$/;

/** Gives the token for a call; null if there is none to show. */
export type BearerToken = (() => Promise<string>) | null;

/** The token of some credentials. Throws InvalidArgument for a file that cannot be read. */
export function bearerToken({ token, tokenFile }: Credentials): BearerToken {
  if (tokenFile !== undefined) {
    const file = openFile(tokenFile);
    return async () => sound(file.value);
  }
  if (token === undefined) {
    return null;
  }
  return async () => sound(typeof token === "string" ? token : await asked(token));
}

function openFile(path: string): ChangingFiles<string> {
  try {
    return new ChangingFiles([path], () => readLine(path));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new InvalidArgument(`open: credentials.tokenFile cannot be read: ${why}`, { cause });
  }
}

async function asked(token: () => string | Promise<string>): Promise<string> {
  try {
    return await token();
  } catch (cause) {
    throw new StatusError(StatusCode.UNAUTHENTICATED, "credentials.token() failed to give a token", null, { cause });
  }
}

function sound(token: unknown): string {
  if (typeof token === "string" && SOUND.test(token)) {
    return token;
  }
  throw new StatusError(StatusCode.UNAUTHENTICATED, "the token is not one line of visible ASCII characters");
}
