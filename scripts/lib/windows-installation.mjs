// SPDX-License-Identifier: Apache-2.0
// The agent as it lies on a Windows machine: our JavaScript in one folder, the packages that it needs beside it, the
// addon. Wine shows no symbolic links, of which a workspace is full.

import { copyFileSync, cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { crossAddon } from "./cross-build.mjs";
import { CACHE, NATIVE, ROOT } from "./paths.mjs";

const FOLDER = join(CACHE, "windows");
const PACKAGES = ["agent", "native", "client"].map((name) => join(ROOT, "packages", name));
/** They look for files of theirs while they run; all else becomes one file. */
const EXTERNAL = ["@grpc/grpc-js", "@grpc/reflection", "grpc-health-check", "pino", "node-gyp-build"];

const benchRequire = createRequire(join(ROOT, "bench", "package.json"));

/** The real folder of a package, as `from`, a file, would find it; null if it is not installed for it. */
function folderOf(name, from) {
  const folders = createRequire(from).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return dirname(realpathSync(join(folder, name, "package.json")));
    } catch {} // in a folder further up
  }
  return null;
}

/** Copies a package and all that it needs into the folder `top`, or below `dependent` if that wants another version. */
export function copyPackage(name, from, { top, versions }, dependent = null) {
  const source = folderOf(name, from);
  if (source === null) throw new Error(`${name} is not installed for ${from}`);
  const file = join(source, "package.json");
  const { version, dependencies = {} } = JSON.parse(readFileSync(file, "utf8"));
  const known = versions.get(name);
  if (known === version) return;
  if (known === undefined) versions.set(name, version);
  const target = join(known === undefined ? top : join(dependent, "node_modules"), name);
  const isOwn = (path) => !path.slice(source.length).split(sep).includes("node_modules");
  cpSync(source, target, { recursive: true, filter: isOwn });
  for (const needed of Object.keys(dependencies)) copyPackage(needed, file, { top, versions }, target);
}

/**
 * Lays out the agent for Windows, and `more`, other programs of ours by name and source. Gives the folder: the programs
 * are lib/NAME.mjs in it, the agent is lib/main.mjs.
 */
export async function layOutForWindows(more = {}) {
  rmSync(FOLDER, { recursive: true, force: true });
  const { version, license } = JSON.parse(readFileSync(join(NATIVE, "package.json"), "utf8"));
  const prebuilds = join(FOLDER, "prebuilds", "win32-x64");
  mkdirSync(prebuilds, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ name: "hostscope", version, license, type: "module" }));
  copyFileSync(crossAddon("win32-x64"), join(prebuilds, "@hostscope+native.node"));
  const flat = { top: join(FOLDER, "node_modules"), versions: new Map() };
  for (const name of EXTERNAL) {
    const owner = PACKAGES.find((folder) => folderOf(name, join(folder, "package.json")) !== null);
    copyPackage(name, join(owner, "package.json"), flat);
  }
  await benchRequire("esbuild").build({
    entryPoints: { main: join(ROOT, "packages", "agent", "src", "main.ts"), ...more },
    outdir: join(FOLDER, "lib"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: EXTERNAL,
    logLevel: "warning",
  });
  return FOLDER;
}
