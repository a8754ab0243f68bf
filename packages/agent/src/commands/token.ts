// SPDX-License-Identifier: Apache-2.0

import { existsSync } from "node:fs";
import { hashToken, newToken } from "../trust/token.ts";
import { isName, readTokenFile, writeTokenFile } from "../trust/token-file.ts";
import type { TokenEntry } from "../trust/token-table.ts";
import { parseLifetime, readArguments, runWork, UsageError } from "./command-flags.ts";

const USAGE = `Usage: hostscope-agent token create NAME --file FILE [--roles ROLE,ROLE] [--expires 90d|never]
       hostscope-agent token list --file FILE
       hostscope-agent token revoke NAME --file FILE

create prints the new token on standard output, once: the file keeps its hash only. Callers show it as
"authorization: Bearer TOKEN". It expires after 90 days unless told otherwise. An agent that runs with --tokens FILE
takes changes over by itself.
`;
const STANDARD_LIFETIME = "90d";

/** `hostscope-agent token`. */
export function token(args: readonly string[]): Promise<number> {
  return runWork("token", USAGE, args, () => {
    const { words, flags } = readArguments(args, ["file", "roles", "expires"]);
    const [verb, name] = words;
    const { file } = flags;
    if (file === undefined) throw new UsageError("--file is missing");
    if (words.length !== (verb === "list" ? 1 : 2)) throw new UsageError("there are too few or too many words");
    switch (verb) {
      case "create":
        return create(file, name ?? "", flags.roles, flags.expires);
      case "list":
        return list(file);
      case "revoke":
        return revoke(file, name ?? "");
      default:
        throw new UsageError(`there is no such thing as "token ${verb}"`);
    }
  });
}

function create(file: string, name: string, roles: string | undefined, expires = STANDARD_LIFETIME): void {
  if (!isName(name)) throw new UsageError("a name is 1 to 64 of a-z, 0-9, dot, dash and underscore");
  const list = roles === undefined ? [] : roles.split(",");
  if (!list.every(isName)) throw new UsageError("--roles is a list of names such as viewer,operator");
  const entries = read(file);
  if (entries.some((entry) => entry.name === name)) throw new Error(`there is a token called ${name}; revoke it first`);
  const secret = newToken();
  const entry: TokenEntry = {
    name,
    hash: hashToken(secret),
    roles: list,
    createdAt: new Date(),
    expiresAt: expires === "never" ? null : parseLifetime(expires),
  };
  writeTokenFile(file, [...entries, entry]);
  const until = entry.expiresAt === null ? "for ever" : `until ${entry.expiresAt.toISOString()}`;
  process.stderr.write(`${name} is good ${until}; this is the only time its token is shown:\n`);
  process.stdout.write(`${secret}\n`);
}

function list(file: string): void {
  const now = Date.now();
  for (const { name, roles, createdAt, expiresAt } of readTokenFile(file).entries) {
    const until = expiresAt === null ? "never expires" : `expires ${expiresAt.toISOString()}`;
    const over = expiresAt !== null && expiresAt.getTime() <= now ? " (expired)" : "";
    process.stdout.write(
      `${name}  roles ${roles.join(",") || "none"}  created ${createdAt.toISOString()}  ${until}${over}\n`,
    );
  }
}

function revoke(file: string, name: string): void {
  const entries = readTokenFile(file).entries;
  const left = entries.filter((entry) => entry.name !== name);
  if (left.length === entries.length) throw new Error(`there is no token called ${name} in ${file}`);
  writeTokenFile(file, left);
  process.stderr.write(`${name} is revoked; agents that use ${file} know within seconds\n`);
}

function read(file: string): readonly TokenEntry[] {
  return existsSync(file) ? readTokenFile(file).entries : [];
}
