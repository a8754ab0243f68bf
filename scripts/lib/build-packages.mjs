// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./paths.mjs";
import { runTool, TSC } from "./run-captured.mjs";
import { SetupError } from "./say.mjs";
import { manifest, packageFolders } from "./workspace.mjs";

/** What is built for publishing: every package that is not private, what others need first. */
export function publishedPackages() {
  const found = packageFolders().map((folder) => ({ folder, ...manifest(folder) }));
  const published = found.filter((each) => !each.private);
  const depth = ({ dependencies = {} }) =>
    1 + Math.max(0, ...published.filter(({ name }) => name in dependencies).map(depth));
  return published.sort((a, b) => depth(a) - depth(b) || a.name.localeCompare(b.name));
}

/** Empties dist/, but for the addons, which `npm run prebuild` makes. */
function clear(dist) {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist).filter((entry) => entry !== "prebuilds")) {
    rmSync(join(dist, name), { recursive: true });
  }
}

/** Compiles every published package to JavaScript and declarations in its dist/. */
export async function buildPackages() {
  for (const { folder } of publishedPackages()) {
    clear(join(folder, "dist"));
    const project = join(folder, "tsconfig.build.json");
    const { code, output } = await runTool(TSC, ["--project", project]);
    if (code !== 0) throw new SetupError(`${relative(ROOT, project)} does not compile:\n${output}`);
  }
}
