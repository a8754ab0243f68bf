// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "../lib/git.mjs";
import { BUF, runTool } from "../lib/run-captured.mjs";

async function commit(ref) {
  const { code, output } = await git("rev-parse", "--quiet", "--verify", `${ref}^{commit}`);
  return code === 0 ? output : null;
}

const hasSchema = async (ref) => (await git("cat-file", "-e", `${ref}:proto/hostscope`)).code === 0;

/** What the schema is compared with: BASE, else main as published, else the commit before this one. */
async function findBaseline() {
  const named = process.env.BASE;
  if (named) {
    const base = await commit(named);
    if (base === null) throw new Error(`BASE=${named} is no commit of this repository`);
    return base;
  }
  const head = await commit("HEAD");
  for (const ref of ["origin/main", "HEAD~1"]) {
    const base = await commit(ref);
    if (base !== null && base !== head && (await hasSchema(base))) return base;
  }
  return null;
}

/** Fails if the schema breaks whoever was built with the baseline's. */
export async function bufBreaking() {
  const base = await findBaseline();
  if (base === null) {
    // A shallow clone has nothing to compare with; that is no fault of the schema, and no proof for it.
    return {
      warning: "NOT COMPARED: no BASE, no other origin/main, no earlier commit with a schema; a shallow clone?",
    };
  }
  const folder = mkdtempSync(join(tmpdir(), "hostscope-baseline-"));
  try {
    const archive = join(folder, "baseline.tar");
    const packed = await git("archive", "--format=tar", `--output=${archive}`, base, "proto/hostscope");
    if (packed.code !== 0) return { problem: packed.output };
    const args = ["breaking", "--against", archive, "--against-config", "buf.yaml"];
    const { code, output } = await runTool(BUF, args);
    return code === 0 ? { note: `against ${base.slice(0, 10)}` } : { problem: `${output}\n(against ${base})` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
