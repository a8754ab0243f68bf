// SPDX-License-Identifier: Apache-2.0

import type { Surroundings } from "../surroundings.ts";
import type { ServiceConnection } from "./service-connection.ts";
import { readServiceArguments } from "./service-facts.ts";
import { ServiceProcess } from "./service-process.ts";

// Enough for a slow disk; the manager of services itself would wait for ever as long as there is progress.
const START_MS = 120_000;
const USAGE = 64;
const STUCK = 70;

/**
 * Runs an agent as the service that Windows' manager has started this process for, from its start to its stop. Resolves
 * to the exit code, which the manager knows by then.
 */
export async function runAsService(
  args: readonly string[],
  connection: ServiceConnection,
  serve: (flags: readonly string[], surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  try {
    await connection.started;
  } catch (error) {
    connection.close();
    // Whoever types this is at a terminal.
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`hostscope-agent service run: ${why}\n`);
    return USAGE;
  }
  const { folder, flags } = readServiceArguments(args);
  const service = new ServiceProcess(connection.services, folder);
  connection.follow((order) => service.obey(order));
  const late = new Promise<number>((resolve) => {
    setTimeout(() => {
      if (service.isServing || service.isStopping) return;
      service.complain(`the agent did not start within ${START_MS / 1_000} seconds`);
      resolve(STUCK);
    }, START_MS).unref();
  });
  const code = await Promise.race([serve(flags, service), late]);
  service.stopped(code);
  return code;
}
