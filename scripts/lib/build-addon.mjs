// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { NATIVE } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError, say } from "./say.mjs";
import { filesBelow, hashOf, isStamped, stamp } from "./stamp.mjs";
import { requireToolchain } from "./toolchain.mjs";

const STAMP = "addon";
/** N-API: one build for all Node releases. Its C library is in the name, so that it is not loaded on the other one. */
const FLAGS = ["--napi", "--strip", "--tag-libc"];

function wantedHash() {
  const inputs = ["binding.gyp", "sources.cjs", "unity.cjs", "package.json"].map((name) => join(NATIVE, name));
  const missing = inputs.find((path) => !existsSync(path));
  if (missing !== undefined) throw new SetupError(`${missing} is missing: this checkout is not complete`);
  // Changing a test compiles nothing anew.
  const sources = filesBelow(join(NATIVE, "src")).filter((file) => !file.endsWith("_test.cc"));
  return hashOf([process.platform, process.arch, ...FLAGS], [...inputs, ...sources]);
}

function hasPrebuild() {
  const folder = join(NATIVE, "prebuilds", `${process.platform}-${process.arch}`);
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".node"));
}

/**
 * What node-gyp gets: all cores, and this Node's own headers if they are installed with it; without them it fetches
 * them.
 */
function gypEnvironment() {
  const { npm_config_loglevel, ...env } = process.env;
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, "include", "node", "node_api.h"));
  return { ...env, ...(hasHeaders ? { npm_config_nodedir: prefix } : {}), npm_config_jobs: String(cpus().length) };
}

/** True if the addon was built from these sources. */
export function isAddonBuilt() {
  return isStamped(STAMP, wantedHash()) && hasPrebuild();
}

/** Compiles the addon into packages/native/prebuilds, where node-gyp-build finds it. */
export async function buildAddon() {
  const hash = wantedHash();
  requireToolchain();
  say("building the native addon (once)...");
  const modules = join(NATIVE, "node_modules");
  const env = gypEnvironment();
  env.PATH = `${join(modules, ".bin")}${delimiter}${env.PATH}`;
  const args = [join(modules, "prebuildify", "bin.js"), "-t", process.versions.node, ...FLAGS];
  await runLogged("addon", process.execPath, args, { cwd: NATIVE, env });
  stamp(STAMP, hash);
}
