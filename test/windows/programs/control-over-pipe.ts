// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: what the agent behind a named pipe, its argument, lets be done to a process of the same user, as one
// line of JSON: the name of each failure, null where there is none.

import { spawn } from "node:child_process";
import { open } from "@hostscope/client";

const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error.name,
  );

const child = spawn(process.execPath, ["-e", "setInterval(Date, 6e4)"], { stdio: "ignore" });
try {
  await using host = await open(process.argv[2] ?? "", { timeoutMs: 60_000 });
  const target = await host.process(child.pid ?? 0);
  const said = {
    username: await target.username(),
    suspend: await nameOf(target.suspend()),
    lease: await nameOf(target.suspend({ lease: 60 })),
    resume: await nameOf(target.resume()),
    kill: await nameOf(target.kill()),
    terminate: await nameOf(target.terminate()),
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
} finally {
  child.kill();
}
