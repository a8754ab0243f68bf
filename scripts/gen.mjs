// SPDX-License-Identifier: Apache-2.0
// Writes all generated code from proto/hostscope, and what is said of support from what tests proved. With --check,
// writes nothing and fails if anything differs.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { supportPages } from "./lib/support-matrix.mjs";

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

/** Brings the pages up to date, or names those that are not. Says what is wrong with the data if it contradicts itself. */
function pages(isCheck) {
  try {
    const stale = supportPages().filter(({ text, made }) => text !== made);
    if (!isCheck) for (const { path, made } of stale) writeFileSync(join(ROOT, path), made);
    return isCheck ? stale.map(({ path }) => path) : [];
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return [];
  }
}

if (process.argv.includes("--check")) {
  const base = mkdtempSync(join(tmpdir(), "hostscope-gen-"));
  try {
    const stale = [...(generate(base) ? differences(base) : []), ...pages(true)];
    if (stale.length > 0) {
      console.error(`What is generated does not match its sources; run \`npm run gen\`:\n  ${stale.join("\n  ")}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
} else {
  generate(ROOT);
  pages(false);
}
