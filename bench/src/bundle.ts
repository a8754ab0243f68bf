// SPDX-License-Identifier: Apache-2.0

import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

// Where the agent's own dependencies are found, and nobody commits it.
const OUTPUT = "../../packages/agent/.hostscope/bench";

/** Sources look for their package's files from where they are themselves, not from where the bundle is. */
const ownLocation: Plugin = {
  name: "own location",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](?:packages[/\\](?:agent|native)|proto)[/\\].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      loader: "ts",
    }));
  },
};

/** The agent as an installation has it. Gives the path of what is to be run. */
export const bundleAgent = () => bundle(fileURLToPath(import.meta.resolve("@hostscope/agent/main")));

/** A program of ours as one file of JavaScript with its dependencies beside it, which nothing translates as it runs. */
export async function bundle(program: string): Promise<string> {
  const name = basename(program, ".ts");
  const folder = fileURLToPath(new URL(`${OUTPUT}/${name}`, import.meta.url));
  // Parts are named after their contents: those of other times would stay.
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [program],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // The first finds the addon while it runs, the second is loaded by grpc-js for services that an agent has not.
    external: ["node-gyp-build", "@grpc/proto-loader"],
    // Less to read for a program that reads itself at every start.
    minifyWhitespace: true,
    minifySyntax: true,
    // For libraries that are CommonJS.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module";const require = requireFrom(import.meta.url);',
    },
    plugins: [ownLocation],
    logLevel: "warning",
  });
  return join(folder, `${name}.mjs`);
}
