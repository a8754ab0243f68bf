// SPDX-License-Identifier: Apache-2.0
// What a user's first program does; run in a folder that has the packages as they are published. Prints one line of JSON.

import { open } from "@hostscope/client";

const host = await open("local:");
try {
  const { user, system, idle } = await host.cpuTimes();
  const { processes } = await host.processList({ attrs: ["name", "cpuTimes"] });
  const own = processes.find(({ ref }) => ref.pid === process.pid);
  const cpuSeconds = own?.cpuTimes === null ? null : own?.cpuTimes.user + own?.cpuTimes.system;
  const { platform, arch, version } = process;
  console.log(
    JSON.stringify({
      platform,
      arch,
      version,
      user,
      system,
      idle,
      processes: processes.length,
      name: own?.name,
      cpuSeconds,
    }),
  );
} finally {
  await host.close();
}
