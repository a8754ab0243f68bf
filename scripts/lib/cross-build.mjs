// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { addonSourcesOf, compileObjects, runCompiler, SOURCE } from "./cc-objects.mjs";
import { CROSS_TARGETS } from "./cross-targets.mjs";
import { crossTool, installCrossTools } from "./cross-tools.mjs";
import { CACHE, NATIVE } from "./paths.mjs";
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

function compilerOf(name) {
  const { compiler, debianPackage } = CROSS_TARGETS[name];
  const found = findProgram(compiler);
  if (found === null) throw new SetupError(`building for ${name} needs ${compiler[0]} (Debian: ${debianPackage})`);
  const cache = findProgram(["ccache"]);
  return cache === null ? [found] : [cache, found];
}

/** A library that stands for the program which will load the addon, made of the list of what that gives. */
async function nodeLibrary(name, folder) {
  const { dlltool, nodeLibrary: program } = CROSS_TARGETS[name];
  if (program === undefined) return [];
  const library = join(folder, "libnode.a");
  const names = crossTool(name, "node-api-headers", "def", "node_api.def");
  await runCompiler(dlltool, ["-d", names, "-D", program, "-l", library]);
  return [library];
}

/** Compiles the addon of one target into packages/native/dist/prebuilds, unless it is there already. */
export async function crossBuild(name) {
  const target = CROSS_TARGETS[name];
  if (target === undefined) throw new SetupError(`${name} is none of ${Object.keys(CROSS_TARGETS).join(", ")}`);
  await installCrossTools(name);
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
  const objects = await compileObjects(
    name,
    [...compiler, ...flags],
    [...addonSourcesOf(target.backend), ...(target.sources ?? []).map((file) => join(SOURCE, file))],
  );
  const hash = hashOf([name, ...target.link], [...objects.values()]);
  if (isStamped(`cross-${name}`, hash) && existsSync(crossAddon(name))) return;
  const output = crossAddon(name);
  mkdirSync(dirname(output), { recursive: true });
  const library = await nodeLibrary(name, folder);
  const args = ["-shared", "-s", "-Wl,--gc-sections", ...objects.values(), ...library, ...target.link, "-o", output];
  await runCompiler(compiler.at(-1), args);
  stamp(`cross-${name}`, hash);
}
