// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How the documentation writes addresses of agents; a sample runs against agents that are started for it. */
export const SAMPLE_ADDRESS = /grpc:\/\/127\.0\.0\.1:\d+/g;

/** Runs a program that lies outside the workspace, as a user's would, and gives what it prints. */
export async function runSample(code: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-sample-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    writeFileSync(join(folder, "sample.ts"), code);
    symlinkSync(join(ROOT, "test", "node_modules"), join(folder, "node_modules"));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", join(folder, "sample.ts")], {
      cwd: ROOT,
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
