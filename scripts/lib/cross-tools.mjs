// SPDX-License-Identifier: Apache-2.0
// Packages for other platforms, which pnpm would not install here: npm takes them, exactly as their own lockfile says.

import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./install-packages.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { say } from "./say.mjs";
import { hashOf, isStamped, stamp } from "./stamp.mjs";

const FILES = ["package.json", "package-lock.json"];
const folderOf = (target) => join(CACHE, "cross", target);

/** Path of a package of scripts/cross/package.json, once installed for this target, such as "win32-x64". */
export const crossTool = (target, ...path) => join(folderOf(target), "node_modules", ...path);

/** Installs those of a target if they are not; nothing of theirs is run. */
export async function installCrossTools(target) {
  const sources = FILES.map((name) => join(ROOT, "scripts", "cross", name));
  const hash = hashOf([target], sources);
  const name = `cross-tools-${target}`;
  if (isStamped(name, hash)) return;
  say(`installing packages for ${target} (once)...`);
  mkdirSync(folderOf(target), { recursive: true });
  for (const [at, file] of FILES.entries()) copyFileSync(sources[at], join(folderOf(target), file));
  const { command, first } = npmCommand();
  const { npm_config_loglevel, ...env } = process.env;
  const [os, cpu] = target.split("-");
  const args = [...first, "ci", `--os=${os}`, `--cpu=${cpu}`, "--ignore-scripts", "--no-audit", "--no-fund"];
  await runLogged(name, command, args, { cwd: folderOf(target), env });
  stamp(name, hash);
}
