// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPackages, publishedPackages } from "./build-packages.mjs";
import { pnpmCommand } from "./install-packages.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";

/**
 * Builds the packages and packs each as it is published, with the addons that are in packages/native/dist/prebuilds.
 * Gives the paths of the tarballs. pnpm puts the version in place of `workspace:`, and `publishConfig` in that of `exports`.
 */
export async function packPackages(folder = join(CACHE, "packed")) {
  await buildPackages();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { command, args, env } = pnpmCommand();
  const filters = publishedPackages().flatMap(({ name }) => ["--filter", name]);
  await runLogged("pack", command, [...args, ...filters, "-r", "pack", "--pack-destination", folder], {
    cwd: ROOT,
    env,
  });
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}
