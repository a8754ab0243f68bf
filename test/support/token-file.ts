// SPDX-License-Identifier: Apache-2.0

import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Metadata } from "@grpc/grpc-js";

/** Writes a token file for these names, each with its roles; gives each name's token. */
export function writeTokens(path: string, roles: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  const made = new Map(Object.keys(roles).map((name) => [name, `hs1_${randomBytes(32).toString("base64url")}`]));
  const tokens = [...made].map(([name, token]) => ({
    name,
    sha256: createHash("sha256").update(token).digest("hex"),
    roles: roles[name] ?? [],
    created: new Date().toISOString(),
    expires: null,
  }));
  writeFileSync(path, JSON.stringify({ version: 1, tokens }), { mode: 0o600 });
  return made;
}

/** The metadata of a call that shows a token. */
export function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  return metadata;
}
