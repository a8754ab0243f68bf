// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StatusCode, StatusError } from "@hostscope/proto";
import type { Addon } from "./addon.ts";

/** How an addon is found and loaded; a test may stand in for either. */
export interface AddonLoader {
  /** The folder with `prebuilds`: of the package, or of what is built from it. */
  readonly directory: string;
  /** Gives the path of the addon for this platform; throws if there is none. */
  resolve(directory: string): string;
  /** Loads it. */
  load(path: string): unknown;
}

const require = createRequire(import.meta.url);

const defaultLoader: AddonLoader = {
  // `prebuilds` lies beside this file's folder: in dist what is published, in the checkout what was built for it alone.
  directory: dirname(dirname(fileURLToPath(import.meta.url))),
  resolve: (directory) => (require("node-gyp-build") as { resolve(directory: string): string }).resolve(directory),
  load: (path) => require(path),
};

/**
 * Loads the addon for this platform. Fails with UNAVAILABLE and says what was looked for, what went wrong and what to do.
 */
export function loadAddon(loader: AddonLoader = defaultLoader): Addon {
  let path: string;
  try {
    path = loader.resolve(loader.directory);
  } catch (cause) {
    throw unavailable(`there is no native addon for ${platform()}`, missingReasons(loader.directory), loader, cause);
  }
  let addon: unknown;
  try {
    addon = loader.load(path);
  } catch (cause) {
    throw unavailable(
      `the native addon for ${platform()} cannot be loaded`,
      [`${path}: ${text(cause)}`],
      loader,
      cause,
    );
  }
  const { version } = addon as Addon;
  const wanted = packageVersion(loader.directory);
  if (version !== wanted) {
    const reason = `${path} is of version ${version ?? "unknown"}, the package is ${wanted}`;
    throw unavailable("the native addon does not belong to this package", [reason], loader, null);
  }
  return addon as Addon;
}

function unavailable(what: string, reasons: readonly string[], loader: AddonLoader, cause: unknown): StatusError {
  const setup = join(loader.directory, "..", "..", "scripts", "setup.mjs");
  const remedy = existsSync(setup)
    ? "Run `node scripts/setup.mjs` in the checkout (npm test and npm start do so) to build it."
    : `Install a release of @hostscope/native that has prebuilds/${prebuildFolder()}, or build it from a checkout ` +
      "with `node scripts/setup.mjs`. Hosts with an agent can be reached without it.";
  const message = [`hostscope: ${what}.`, ...reasons.map((reason) => `  ${reason}`), remedy].join("\n");
  return new StatusError(StatusCode.UNAVAILABLE, message, null, cause === null ? {} : { cause });
}

function missingReasons(directory: string): string[] {
  const tried = [join(directory, "build", "Release"), join(directory, "prebuilds", prebuildFolder())];
  const prebuilds = folders(join(directory, "prebuilds"));
  return [
    ...tried.map((path) => `no addon in ${path}`),
    prebuilds.length === 0
      ? "this installation has none for any platform"
      : `there are some for ${prebuilds.join(", ")}`,
  ];
}

function platform(): string {
  return `${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

function prebuildFolder(): string {
  return `${process.platform}-${process.arch}`;
}

function folders(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).sort() : [];
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The package's own version; its package.json is in this folder or above it. */
function packageVersion(directory: string): string {
  let folder = directory;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
