// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { safeText } from "../safe-text.ts";
import { type TokenEntry, TokenTable } from "./token-table.ts";
import { readTrustFile } from "./trust-file.ts";

const VERSION = 1;
const MOST_TOKENS = 1_000;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const HASH = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const KEYS = ["name", "sha256", "roles", "created", "expires"];

/** Whether a token or role may have this name. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Reads a file of tokens. Throws an Error that says what is wrong with it. */
export function readTokenFile(path: string): TokenTable {
  const text = readTrustFile(path, "secret").toString("utf8");
  try {
    return new TokenTable(parse(text));
  } catch (cause) {
    throw new Error(`${safeText(path, 200)} ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Replaces the file at once, for this user alone unless it was there with other rights. */
export function writeTokenFile(path: string, entries: readonly TokenEntry[]): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const fd = openSync(draft, "wx", 0o600);
  try {
    try {
      if (existsSync(path)) {
        const { mode, uid, gid } = statSync(path);
        if (process.geteuid?.() === 0) fchownSync(fd, uid, gid);
        fchmodSync(fd, mode & 0o640);
      }
      writeSync(fd, format(entries));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, path);
  } catch (error) {
    if (existsSync(draft)) unlinkSync(draft);
    throw error;
  }
}

function format(entries: readonly TokenEntry[]): string {
  const lines = entries.map(({ name, hash, roles, createdAt, expiresAt }) =>
    JSON.stringify({
      name,
      sha256: hash.toString("hex"),
      roles,
      created: createdAt.toISOString(),
      expires: expiresAt?.toISOString() ?? null,
    }),
  );
  const list = lines.map((line) => `\n    ${line}`).join(",");
  return `{\n  "version": ${VERSION},\n  "tokens": [${list}${list === "" ? "" : "\n  "}]\n}\n`;
}

function parse(text: string): TokenEntry[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw new Error("is not JSON", { cause });
  }
  const { version, tokens, ...rest } = object(file, "the file");
  if (version !== VERSION) throw new Error(`is not of version ${VERSION}`);
  if (Object.keys(rest).length > 0) throw new Error(`has the unknown key ${shown(Object.keys(rest)[0])}`);
  if (!Array.isArray(tokens) || tokens.length > MOST_TOKENS) {
    throw new Error(`needs "tokens", a list of ${MOST_TOKENS} at most`);
  }
  const entries = tokens.map((token, at) => parseEntry(object(token, `token ${at + 1}`), at + 1));
  for (const [at, { name }] of entries.entries()) {
    if (entries.findIndex((other) => other.name === name) !== at)
      throw new Error(`has two tokens called ${shown(name)}`);
  }
  return entries;
}

function parseEntry(token: Record<string, unknown>, number: number): TokenEntry {
  const wrong = (what: string) => new Error(`has a token, number ${number}, ${what}`);
  const unknown = Object.keys(token).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw wrong(`with the unknown key ${shown(unknown)}`);
  const { name, sha256, roles, created, expires } = token;
  if (typeof name !== "string" || !isName(name)) throw wrong("without a sound name");
  if (typeof sha256 !== "string" || !HASH.test(sha256)) throw wrong("without a SHA-256 of 64 hex digits");
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === "string" && isName(role))) {
    throw wrong("whose roles are no list of names");
  }
  // Left out is a mistake, not "never": a token must not live for ever because a line was lost.
  if (expires !== null && !isTime(expires)) throw wrong('whose "expires" is neither a time in UTC nor null');
  if (!isTime(created)) throw wrong('whose "created" is no time in UTC');
  return {
    name,
    hash: Buffer.from(sha256, "hex"),
    roles,
    createdAt: new Date(created),
    expiresAt: expires === null ? null : new Date(expires),
  };
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value));
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`is wrong: ${what} is no object`);
  return value as Record<string, unknown>;
}

function shown(value: unknown): string {
  return `"${safeText(String(value), 80)}"`;
}
