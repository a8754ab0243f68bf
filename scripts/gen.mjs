// SPDX-License-Identifier: Apache-2.0
// Writes all generated code from proto/hostscope. With --check, writes it elsewhere and fails if it differs.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUTPUTS = ["proto/gen", "packages/native/src/gen", "packages/client/src/gen"];

/** Runs buf generate; its output folders are below `base`. False if it failed, which buf itself has explained. */
function generate(base) {
  const buf = join(dirname(createRequire(import.meta.url).resolve("@bufbuild/buf/package.json")), "bin", "buf");
  const run = spawnSync(process.execPath, [buf, "generate", "--output", base], { cwd: ROOT, stdio: "inherit" });
  process.exitCode = run.status ?? 1;
  return run.status === 0;
}

/** Paths of all files below a folder that may not exist. */
function listFiles(folder) {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
  } catch (error) {
    if (error.code === "ENOENT") {
      return [];
    }
    throw error;
  }
}

/** Names every file that is missing, left over or different. */
function differences(base) {
  return OUTPUTS.flatMap((output) => {
    const fresh = new Set(listFiles(join(base, output)));
    const present = new Set(listFiles(join(ROOT, output)));
    const isSame = (file) =>
      fresh.has(file) &&
      present.has(file) &&
      readFileSync(join(base, output, file)).equals(readFileSync(join(ROOT, output, file)));
    return [...new Set([...fresh, ...present])].filter((file) => !isSame(file)).map((file) => `${output}${file}`);
  }).sort();
}

if (process.argv.includes("--check")) {
  const base = mkdtempSync(join(tmpdir(), "hostscope-gen-"));
  try {
    const stale = generate(base) ? differences(base) : [];
    if (stale.length > 0) {
      console.error(`Generated code does not match the schema; run \`npm run gen\`:\n  ${stale.join("\n  ")}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
} else {
  generate(ROOT);
}
