// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";

const FIXTURES = fileURLToPath(new URL("../fixtures/linux", import.meta.url));

/** Folder of one machine of test/fixtures/linux: its proc, sys and rootfs lie there. */
export function machineFolder(name: string): string {
  return `${FIXTURES}/${name}`;
}

/** The collector of one machine of test/fixtures/linux. */
export function collectorOf(name: string): Transport {
  const folder = machineFolder(name);
  return createCollector({ procRoot: `${folder}/proc`, sysRoot: `${folder}/sys`, rootfs: `${folder}/rootfs` });
}

/** Runs tests against the collector of one machine of test/fixtures/linux. */
export function describeMachine(name: string, tests: (host: () => Transport) => void): void {
  describe(`A Linux machine: ${name}`, () => {
    let collector: Transport;
    before(() => {
      collector = collectorOf(name);
    });
    after(() => collector?.close());
    tests(() => collector);
  });
}

/** A number that this very system is configured with, as getconf(1) gives it, e.g. "PAGESIZE". */
export function configured(name: string): number {
  return Number(execFileSync("getconf", [name], { encoding: "utf8" }));
}
