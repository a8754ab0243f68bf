// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/** Runs a program at the top of the checkout; gives its exit code and all its output. Never rejects. */
export function runCaptured(command, args, { env = process.env } = {}) {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString().trim() }));
  });
}

/** The same for a tool that is one of our packages, by its script below node_modules. */
export function runTool(script, args, options) {
  return runCaptured(process.execPath, [`${ROOT}/node_modules/${script}`, ...args], options);
}

export const BIOME = "@biomejs/biome/bin/biome";
export const BUF = "@bufbuild/buf/bin/buf";
export const CLANG_FORMAT = "clang-format/index.js";
export const TSC = "typescript/bin/tsc";
