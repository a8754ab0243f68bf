// SPDX-License-Identifier: Apache-2.0
// The process that the tests run in. Arguments: spec files, and the flags below.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import Mocha from "mocha";
import { TallyReporter } from "./mocha-reporter.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    grep: { type: "string", short: "g" },
    fgrep: { type: "string", short: "f" },
    bail: { type: "boolean", short: "b", default: false },
    timeout: { type: "string", short: "t", default: "20000" },
    "forbid-only": { type: "boolean", default: false },
  },
});

const mocha = new Mocha({
  reporter: TallyReporter,
  timeout: Number(values.timeout),
  slow: 2_000,
  bail: values.bail,
  forbidOnly: values["forbid-only"],
  color: process.stdout.isTTY === true,
});
if (values.grep !== undefined) mocha.grep(values.grep);
if (values.fgrep !== undefined) mocha.fgrep(values.fgrep);

// Mocha itself would load TypeScript through require(): no top-level await, and a second copy of every module that
// something else imports, so that `instanceof` fails between the two.
for (const file of positionals.map((path) => resolve(path))) {
  mocha.suite.emit("pre-require", globalThis, file, mocha);
  await import(pathToFileURL(file).href);
  mocha.suite.emit("post-require", globalThis, file, mocha);
}

process.on("unhandledRejection", (reason) => {
  throw reason; // fails the test that is running
});
const runner = mocha.run((failures) => {
  process.exitCode = failures > 0 ? 1 : 0;
});
process.once("SIGINT", () => runner.abort());
