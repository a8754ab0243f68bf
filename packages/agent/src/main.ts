#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0

import type { OpenTransport } from "./run.ts";
import { isServiceRun } from "./windows-service/service-facts.ts";

// The reader of the address may be gone by the time it is written.
process.stdout.on("error", () => {});

const args = process.argv.slice(2);
// Before anything else is loaded: the manager of Windows' services does not wait for long.
const service = isServiceRun(args)
  ? new (await import("./windows-service/service-connection.ts")).ServiceConnection()
  : null;
// Not a static import, for the same reason.
const { run } = await import("./run.ts");
const openTransport: OpenTransport = async ({ procfs, sysfs, rootfs, protect, allowExec, stateDir }) => {
  // Not a static import: a missing addon must be told as a start failure, and --help works without one.
  const { createCollector } = await import("@hostscope/native");
  return createCollector({
    protectedNames: protect,
    allowExec,
    ...(procfs === null ? {} : { procRoot: procfs }),
    ...(sysfs === null ? {} : { sysRoot: sysfs }),
    ...(rootfs === null ? {} : { rootfs }),
    ...(stateDir === null ? {} : { stateDir }),
  });
};
const code = await run(args, openTransport, service);
// Not exitCode: a stuck collector thread must not keep a stopped agent alive.
process.exit(code);
