#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0

import { run } from "./run.ts";

// The reader of the address may be gone by the time it is written.
process.stdout.on("error", () => {});

const code = await run(process.argv.slice(2), async ({ procfs, sysfs, rootfs, protect, allowExec, stateDir }) => {
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
});
// Not exitCode: a stuck collector thread must not keep a stopped agent alive.
process.exit(code);
