// SPDX-License-Identifier: Apache-2.0
// The packages as `npm install @hostscope/agent @hostscope/client` lays them out on a Windows machine, in a folder whose
// name has spaces: their tarballs unpacked, what they depend on beside them, and npm's own shim for the program.

import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { publishedPackages } from "./build-packages.mjs";
import { npmCommand } from "./install-packages.mjs";
import { packPackages } from "./pack-packages.mjs";
import { CACHE } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { SetupError } from "./say.mjs";
import { findProgram } from "./toolchain.mjs";
import { copyPackage } from "./windows-installation.mjs";

const FOLDER = join(CACHE, "windows packages");

async function unpack(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  const { code, output } = await runCaptured("tar", ["xzf", tarball, "--strip-components=1", "-C", folder]);
  if (code !== 0) throw new SetupError(`${tarball} cannot be unpacked:\n${output}`);
}

/** The module of npm that writes the .cmd files by which Windows starts programs of packages. */
function shimMaker() {
  const { command, first } = npmCommand();
  const npm = realpathSync(first[0] ?? findProgram([command]));
  return createRequire(npm)("cmd-shim");
}

/** Lays them out anew and gives the folder that has node_modules. Needs the addon for Windows to be built. */
export async function layOutPackagesForWindows() {
  rmSync(FOLDER, { recursive: true, force: true });
  const tarballs = await packPackages(join(CACHE, "packed for windows"));
  const modules = join(FOLDER, "node_modules");
  const flat = { top: modules, versions: new Map() };
  for (const { name, folder, version, dependencies = {} } of publishedPackages()) {
    const stem = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
    await unpack(
      tarballs.find((path) => path.endsWith(stem)),
      join(modules, name),
    );
    const others = Object.keys(dependencies).filter((each) => !each.startsWith("@hostscope/"));
    for (const each of others) copyPackage(each, join(folder, "package.json"), flat, join(modules, name));
  }
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const program = join(modules, "@hostscope", "agent", "dist", "main.js");
  if (!existsSync(program)) throw new SetupError(`${program} is missing: the package of the agent has no program`);
  await shimMaker()(program, join(modules, ".bin", "hostscope-agent"));
  return FOLDER;
}
