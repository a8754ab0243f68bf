// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { addonSourcesOf, compileObjects, compileUnity, runCompiler, SOURCE } from "./cc-objects.mjs";
import { CROSS_TARGETS } from "./cross-targets.mjs";
import { crossTool, installCrossTools } from "./cross-tools.mjs";
import { buildMuslLibrary } from "./musl-library.mjs";
import { nodeThunks, undefinedNames } from "./node-thunks.mjs";
import { CACHE, NATIVE } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { SetupError, say } from "./say.mjs";
import { hashOf, isStamped, stamp } from "./stamp.mjs";
import { findProgram } from "./toolchain.mjs";

const nativeRequire = createRequire(join(NATIVE, "package.json"));
const { version } = JSON.parse(readFileSync(join(NATIVE, "package.json"), "utf8"));

/** The same as in binding.gyp. */
const DEFINES = [
  "NAPI_VERSION=8",
  "NAPI_DISABLE_CPP_EXCEPTIONS",
  "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
  `HOSTSCOPE_VERSION="${version}"`,
];
const FLAGS = [
  "-std=c++20",
  "-O2",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-fexceptions",
  "-ffunction-sections",
  "-fdata-sections",
];

/** Where a published package has the addon of a target: not beside the one that this checkout runs. */
export function crossAddon(name) {
  const [platform, architecture] = name.split("-");
  const { libc } = CROSS_TARGETS[name];
  const file = libc === undefined ? "@hostscope+native.node" : `@hostscope+native.${libc}.node`;
  return join(NATIVE, "dist", "prebuilds", `${platform}-${architecture}`, file);
}

/** The C++ compiler of a target, with what it is called through. Throws if it is missing; says how to get it. */
export function compilerOf(name) {
  const { compiler, debianPackage } = CROSS_TARGETS[name];
  const found = findProgram(compiler);
  if (found === null) throw new SetupError(`building for ${name} needs ${compiler[0]} (Debian: ${debianPackage})`);
  const cache = findProgram(["ccache"]);
  return cache === null ? [found] : [cache, found];
}

/** What stands for Node's functions where the program that loads the addon has no name to be linked with. */
async function nodeObjects(name, folder, compiler, objects) {
  const { nm } = CROSS_TARGETS[name];
  if (nm === undefined) return [];
  const { code, output } = await runCaptured(nm, ["--undefined-only", ...objects]);
  if (code !== 0) throw new Error(`${nm} cannot read the objects for ${name}:\n${output}`);
  const ofNode = nodeFunctions(name);
  const source = join(folder, "node-functions.s");
  writeFileSync(source, nodeThunks(undefinedNames(output).filter((each) => ofNode.has(each))));
  await runCompiler(compiler, ["-c", source, "-o", `${source}.o`]);
  return [`${source}.o`];
}

/** Functions of Node that the oldest Node for this package has: those of Node-API 8. */
export function nodeFunctions(name) {
  const { symbols } = createRequire(import.meta.url)(crossTool(name, "node-api-headers"));
  return new Set([...symbols.v8.js_native_api_symbols, ...symbols.v8.node_api_symbols]);
}

/** Compiles the addon of one target into packages/native/dist/prebuilds, unless it is there already. */
export async function crossBuild(name) {
  const target = CROSS_TARGETS[name];
  if (target === undefined) throw new SetupError(`${name} is none of ${Object.keys(CROSS_TARGETS).join(", ")}`);
  await installCrossTools(name);
  if (target.libc === "musl") await buildMuslLibrary();
  const compiler = compilerOf(name);
  const include = [dirname(nativeRequire.resolve("node-addon-api")), crossTool(name, "node-api-headers", "include")];
  const flags = [
    ...FLAGS,
    ...target.flags,
    ...[...DEFINES, `HOSTSCOPE_PLATFORM="${target.platform}"`].map((define) => `-D${define}`),
    ...include.flatMap((folder) => ["-isystem", folder]),
    "-I",
    SOURCE,
  ];
  const folder = join(CACHE, "cross-build", name);
  mkdirSync(folder, { recursive: true });
  say(`building the native addon for ${name}...`);
  const command = [...compiler, ...flags];
  const libc = (target.sources ?? []).map((file) => join(SOURCE, file));
  const objects = [
    ...(await compileUnity(name, command, addonSourcesOf(target.backend))),
    ...(await compileObjects(name, command, libc)).values(),
  ];
  const hash = hashOf([name, ...target.link], objects);
  if (isStamped(`cross-${name}`, hash) && existsSync(crossAddon(name))) return;
  const output = crossAddon(name);
  mkdirSync(dirname(output), { recursive: true });
  const ofNode = await nodeObjects(name, folder, compiler.at(-1), objects);
  const args = ["-shared", "-s", "-Wl,--gc-sections", ...objects, ...ofNode, ...target.link, "-o", output];
  await runCompiler(compiler.at(-1), args);
  stamp(`cross-${name}`, hash);
}
