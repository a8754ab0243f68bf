// SPDX-License-Identifier: Apache-2.0
// The addon itself under AddressSanitizer and UndefinedBehaviorSanitizer, in a Node that has them loaded first.

import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { collectorSources, nodeSources } from "./cc-objects.mjs";
import { COMPILER, link, sanitized, unityOf } from "./cc-tests.mjs";
import { CACHE, NATIVE, ROOT } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { tsxFlags } from "./tsx-flags.mjs";

const FOLDER = join(CACHE, "sanitized-addon");
const nativeRequire = createRequire(join(NATIVE, "package.json"));

/** What is run on it: everything that reads this host, and what calls into the addon in odd ways. */
export function sanitizedSpecs() {
  const conformance = readdirSync(join(ROOT, "test", "conformance")).filter((name) => name.endsWith(".spec.ts"));
  const native = ["addon-lifetime", "system-fixtures", "stuck-process", "stuck-call"];
  return [
    ...conformance.map((name) => join("test", "conformance", name)),
    ...native.map((name) => join("test", "native", `${name}.spec.ts`)),
    join("packages", "native", "lib", "addon.spec.ts"),
  ];
}

/** Headers of this Node: installed with it, or fetched when the addon was built. */
function nodeHeaders() {
  const folders = [
    join(dirname(dirname(process.execPath)), "include", "node"),
    join(homedir(), ".cache", "node-gyp", process.versions.node, "include", "node"),
  ];
  const found = folders.find((folder) => existsSync(join(folder, "node_api.h")));
  if (found === undefined) throw new Error(`no headers of Node in ${folders.join(" or ")}`);
  return found;
}

/** Builds it into a folder of its own, so that the addon that everybody uses stays as it is. */
export async function buildSanitizedAddon() {
  const include = ["-isystem", dirname(nativeRequire.resolve("node-addon-api")), "-isystem", nodeHeaders()];
  const defines = ["NAPI_VERSION=8", "NAPI_DISABLE_CPP_EXCEPTIONS", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"];
  const flags = [...include, ...defines.map((name) => `-D${name}`)];
  const objects = [
    ...(await unityOf(sanitized, collectorSources())),
    ...(await unityOf({ ...sanitized, name: "sanitized-addon" }, nodeSources(), flags)),
  ];
  const output = join(FOLDER, "build", "Release");
  mkdirSync(output, { recursive: true });
  await link(sanitized, objects, join(output, "hostscope.node"), ["-shared", "-Wl,-z,nodelete"]);
}

/** The sanitizers' libraries must come before all others. */
async function preloads() {
  const paths = ["libasan.so", "libubsan.so"].map(async (name) => {
    const { output } = await runCaptured(COMPILER[0], [...COMPILER.slice(1), `-print-file-name=${name}`]);
    return output;
  });
  return (await Promise.all(paths)).join(" ");
}

/**
 * Runs Node with these arguments and the sanitized addon in place of the real one; what it starts has it, too.
 * A wrong access ends it at once. Leaks are left to the C++ tests: Node frees little at its end.
 */
export async function runSanitized(args) {
  const env = {
    ...process.env,
    LD_PRELOAD: await preloads(),
    ASAN_OPTIONS: "detect_leaks=0:detect_odr_violation=0:exitcode=99",
    UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
    "@HOSTSCOPE/NATIVE_PREBUILD": FOLDER, // as node-gyp-build reads it
  };
  return await runCaptured(process.execPath, args, { env });
}

/** Runs tests on it. */
export const runSanitizedTests = (specs) =>
  runSanitized([...tsxFlags(), join(ROOT, "scripts", "lib", "mocha-main.mjs"), "--timeout", "60000", ...specs]);
