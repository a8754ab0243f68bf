// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import type { Logger } from "../log.ts";
import { onStopRequest } from "../stop-request.ts";
import { agentVersion } from "../version.ts";
import { listenForFront } from "./core-listener.ts";
import type { FrontUser } from "./front-user.ts";

/** What a core is told on its command line. */
export interface CoreConfig {
  readonly serveCore: string;
  readonly frontUser: FrontUser | null;
  readonly exitWithParent: boolean;
}

/** Serves the collector to a network front until told to stop. Throws AgentStartError. */
export async function runCore(config: CoreConfig, transport: Transport, logger: Logger): Promise<void> {
  const { serveCore: path, frontUser, exitWithParent } = config;
  const core = await listenForFront({ transport, path, frontUser, logger });
  const stopped = new Promise<void>((resolve) => {
    onStopRequest(exitWithParent, (cause) => {
      logger.info({ cause }, "stopping");
      resolve();
    });
  });
  process.stdout.write(`${core.path}\n`);
  logger.info({ path: core.path, frontUser: frontUser?.uid ?? null, version: agentVersion() }, "serving the front");
  await stopped;
  core.close();
}
