// SPDX-License-Identifier: Apache-2.0

import { verifyAudit } from "../audit/verify.ts";
import { safeText } from "../safe-text.ts";
import { readArguments, runWork, UsageError } from "./command-flags.ts";

const USAGE = `Usage: hostscope-agent audit verify FILE [FILE ...]

Checks that no record was changed, left out or put in. Files that were rotated are given in their order, the oldest
first. That the newest records are there cannot be seen in the files: compare the last hash with one kept elsewhere.
`;

/** `hostscope-agent audit`: 1 if the chain is broken. */
export async function audit(args: readonly string[]): Promise<number> {
  let code = 0;
  const done = await runWork("audit", USAGE, args, async () => {
    const [verb, ...files] = readArguments(args, []).words;
    if (verb !== "verify" || files.length === 0) throw new UsageError("give verify, and the files");
    const { records, first, last, lastHash, problems, remarks } = await verifyAudit(files);
    for (const line of problems) process.stdout.write(`broken: ${safeText(line)}\n`);
    for (const line of remarks) process.stdout.write(`note: ${safeText(line)}\n`);
    const state = problems.length === 0 ? "whole" : "broken";
    process.stdout.write(`the chain is ${state}: ${records} records, ${first} to ${last}, last hash ${lastHash}\n`);
    code = problems.length === 0 ? 0 : 1;
  });
  return done === 0 ? code : done;
}
