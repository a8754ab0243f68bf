// SPDX-License-Identifier: Apache-2.0

import { didYouMean } from "@hostscope/proto";
import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { Target } from "../target.ts";

/** A file by its path, or what is in it: text that begins with "-----BEGIN", or bytes. PEM either way. */
export type Pem = string | Uint8Array;

/**
 * How a host is known and how it knows us. Files are read anew when they have changed: the next connection uses them, and
 * those that are open go on.
 */
export interface Credentials {
  /** Authorities whose certificates a host may have. @default those that Node comes with */
  readonly ca?: Pem | undefined;
  /** Our own certificate, with those between it and its authority. Goes with `key`. */
  readonly cert?: Pem | undefined;
  /** Its private key, not encrypted. */
  readonly key?: Pem | undefined;
  /** Name that the host's certificate must be for. @default the one in the target */
  readonly serverName?: string | undefined;
  /**
   * A bearer token, or what gives one when it is needed, such as a function that asks a vault or runs a command; it is
   * asked before every call, so it should remember. This package itself never runs a command.
   */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** File that holds a bearer token and nothing else. */
  readonly tokenFile?: string | undefined;
}

const TLS_KEYS = ["ca", "cert", "key", "serverName"] as const;
const KEYS = [...TLS_KEYS, "token", "tokenFile"] as const;

/** Checks credentials against the target they are for. Throws InvalidArgument. */
export function checkCredentials(
  call: string,
  target: Target,
  credentials: Credentials | undefined,
  insecure: boolean,
): void {
  if (credentials === undefined) {
    return;
  }
  checkShape(call, credentials);
  const given = (keys: readonly (keyof Credentials)[]) => keys.find((key) => credentials[key] !== undefined);
  const [tls, token] = [given(TLS_KEYS), given(["token", "tokenFile"])];
  if (target.kind === "local" && (tls ?? token) !== undefined) {
    throw new InvalidArgument(`${call}: "local:" takes no credentials: it is this program that reads`);
  }
  if (target.kind !== "https" && tls !== undefined) {
    throw new InvalidArgument(`${call}: credentials.${tls} needs a target with TLS, https://HOST:PORT`);
  }
  if (target.kind === "grpc" && insecure && token !== undefined) {
    throw new InvalidArgument(`${call}: a token would go over the network in the clear; use https://HOST:PORT`);
  }
}

/** Checks what can be said without a target. Throws InvalidArgument. */
export function checkShape(call: string, credentials: Credentials): void {
  if (typeof credentials !== "object" || credentials === null || Array.isArray(credentials)) {
    throw new InvalidArgument(`${call}: credentials must be an object, not ${describe(credentials)}`);
  }
  for (const key of Object.keys(credentials)) {
    if (!KEYS.some((known) => known === key)) {
      throw new InvalidArgument(`${call}: credentials have no "${key}"${didYouMean(key, KEYS)}`);
    }
  }
  for (const key of ["ca", "cert", "key"] as const) {
    const value: unknown = credentials[key];
    if (value !== undefined && !(value instanceof Uint8Array) && (typeof value !== "string" || value === "")) {
      throw new InvalidArgument(
        `${call}: credentials.${key} must be a path, PEM text or bytes, not ${describe(value)}`,
      );
    }
  }
  for (const key of ["serverName", "tokenFile"] as const) {
    const value: unknown = credentials[key];
    if (value !== undefined && (typeof value !== "string" || value === "")) {
      throw new InvalidArgument(`${call}: credentials.${key} must be text, not ${describe(value)}`);
    }
  }
  const { cert, key, token, tokenFile } = credentials;
  if ((cert === undefined) !== (key === undefined)) {
    throw new InvalidArgument(`${call}: credentials.cert and credentials.key go together`);
  }
  if (token !== undefined && tokenFile !== undefined) {
    throw new InvalidArgument(`${call}: give credentials.token or credentials.tokenFile, not both`);
  }
  // Not shown, even if it is wrong: it is a secret.
  if (token !== undefined && typeof token !== "function" && (typeof token !== "string" || token === "")) {
    throw new InvalidArgument(`${call}: credentials.token must be text, or a function that gives it`);
  }
}
