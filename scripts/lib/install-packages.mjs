// SPDX-License-Identifier: Apache-2.0

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { say } from "./say.mjs";
import { hashOf, isStamped, stamp } from "./stamp.mjs";
import { manifest, packageFolders } from "./workspace.mjs";

const STAMP = "packages";

function wantedHash() {
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"].map((name) => join(ROOT, name));
  const manifests = packageFolders().map((folder) => join(folder, "package.json"));
  const major = process.versions.node.split(".")[0];
  return hashOf([major, process.platform, process.arch], [...files, ...manifests]);
}

function hasModules(folder) {
  const { dependencies, devDependencies } = manifest(folder);
  return (dependencies ?? devDependencies) === undefined || existsSync(join(folder, "node_modules"));
}

/** The npm that runs us, or the one on the path. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  const isNpm = running !== undefined && basename(running) === "npm-cli.js" && existsSync(running);
  return isNpm ? { command: process.execPath, first: [running] } : { command: "npm", first: [] };
}

/** True if what is under node_modules is what the lockfile says. */
export function arePackagesInstalled() {
  return isStamped(STAMP, wantedHash()) && packageFolders().every(hasModules);
}

/** The pnpm that package.json names, as a program with its first arguments, and its environment. */
export function pnpmCommand() {
  const pnpm = manifest(ROOT).packageManager.split("+")[0];
  const { command, first } = npmCommand();
  // The project's silence is for what npm prints around our programs; here it would hide the reason of a failure.
  const { npm_config_loglevel, ...env } = process.env;
  return { command, args: [...first, "exec", "--yes", "--loglevel=warn", "--", pnpm], env };
}

/** Installs the workspace with it, exactly as the lockfile says. */
export async function installPackages() {
  say("installing packages (once)...");
  const hash = wantedHash();
  const { command, args, env } = pnpmCommand();
  // A user's settings must neither leave out development packages nor make pnpm ask.
  const flags = ["--prod=false", "--reporter=append-only", "--loglevel=info", "--config.confirm-modules-purge=false"];
  await runLogged("install", command, [...args, "install", "--frozen-lockfile", ...flags], { cwd: ROOT, env });
  stamp(STAMP, hash);
}
