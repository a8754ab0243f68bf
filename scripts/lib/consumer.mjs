// SPDX-License-Identifier: Apache-2.0
// A folder of a user of the packages: their tarballs unpacked, and what they depend on taken from this checkout.

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedPackages } from "./build-packages.mjs";
import { packPackages } from "./pack-packages.mjs";
import { runCaptured } from "./run-captured.mjs";
import { SetupError } from "./say.mjs";

/** Links what a package needs from the registry into the consumer's node_modules, as npm would put it there. */
function linkDependencies({ folder, dependencies = {} }, modules) {
  for (const name of Object.keys(dependencies).filter((each) => !each.startsWith("@hostscope/"))) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(folder, "node_modules", name), link);
  }
}

/** Makes such a folder out of nothing, without a registry and without running a script of any package. */
export async function layOutConsumer(folder) {
  const tarballs = await packPackages(join(folder, "tarballs"));
  const modules = join(folder, "node_modules");
  for (const { name, folder: source, ...manifest } of publishedPackages()) {
    const target = join(modules, name);
    mkdirSync(target, { recursive: true });
    const stem = name.replace("@", "").replace("/", "-");
    const tarball = tarballs.find((path) => path.endsWith(`${stem}-${manifest.version}.tgz`));
    const { code, output } = await runCaptured("tar", ["xzf", tarball, "--strip-components=1", "-C", target]);
    if (code !== 0) throw new SetupError(`${tarball} cannot be unpacked:\n${output}`);
    linkDependencies({ folder: source, ...manifest }, modules);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  return folder;
}
