// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { NATIVE } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError, say } from "./say.mjs";
import { filesBelow, hashOf, isStamped, stamp } from "./stamp.mjs";
import { requireToolchain } from "./toolchain.mjs";
import { manifest } from "./workspace.mjs";

const STAMP = "addon";
/** N-API: one build for all Node releases. Its C library is in the name, so that it is not loaded on the other one. */
const FLAGS = ["--napi", "--strip", "--tag-libc"];

function wantedHash() {
  const gyp = join(NATIVE, "binding.gyp");
  if (!existsSync(gyp)) throw new SetupError(`${gyp} is missing: this checkout is not complete`);
  // Changing a test compiles nothing anew.
  const sources = filesBelow(join(NATIVE, "src")).filter((file) => !file.endsWith("_test.cc"));
  const tools = JSON.stringify(manifest(NATIVE).devDependencies);
  return hashOf([process.platform, process.arch, tools, ...FLAGS], [gyp, ...sources]);
}

function hasPrebuild() {
  const folder = join(NATIVE, "prebuilds", `${process.platform}-${process.arch}`);
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".node"));
}

/** This Node's own headers if they are installed with it; without them node-gyp fetches them. */
function headers() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include", "node", "node_api.h")) ? { npm_config_nodedir: prefix } : {};
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
  const bin = join(NATIVE, "node_modules", ".bin");
  const prebuildify = join(NATIVE, "node_modules", "prebuildify", "bin.js");
  const { npm_config_loglevel, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...headers(),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    npm_config_jobs: String(cpus().length),
  };
  await runLogged("addon", process.execPath, [prebuildify, "-t", process.versions.node, ...FLAGS], {
    cwd: NATIVE,
    env,
  });
  stamp(STAMP, hash);
}
