// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";

const FIXTURES = fileURLToPath(new URL("../fixtures/linux", import.meta.url));

/** Runs tests against the collector of one machine of test/fixtures/linux. */
export function describeMachine(name: string, tests: (host: () => Transport) => void): void {
  describe(`A Linux machine: ${name}`, () => {
    let collector: Transport;
    before(() => {
      collector = createCollector({ procRoot: `${FIXTURES}/${name}/proc`, sysRoot: `${FIXTURES}/${name}/sys` });
    });
    after(() => collector?.close());
    tests(() => collector);
  });
}

/** A number that this very system is configured with, as getconf(1) gives it, e.g. "PAGESIZE". */
export function configured(name: string): number {
  return Number(execFileSync("getconf", [name], { encoding: "utf8" }));
}
