// SPDX-License-Identifier: Apache-2.0

import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { isUnix } from "../listen/listen-target.ts";
import { checkFolder } from "../listen/socket-folder.ts";
import type { Logger } from "../log.ts";
import { loadPolicy } from "../policy/policy-file.ts";
import { openTrust } from "../trust/trust.ts";
import type { AgentConfig } from "./config.ts";

/** Reads everything that a start would read, and leaves the machine as it is. What keeps an agent from starting so. */
export function problemsOf(config: AgentConfig, logger: Logger): string[] {
  const problems: string[] = [];
  const attempt = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  };
  attempt(() => openTrust(config, logger).reloader.close());
  const { policy, audit } = config;
  if (policy !== null) attempt(() => loadPolicy(policy));
  if (audit !== null) attempt(() => accessSync(existsSync(audit) ? audit : dirname(audit), constants.W_OK));
  const sockets = [...config.listen.flatMap((target) => (isUnix(target) ? [target.path] : [])), config.serveCore];
  for (const path of sockets) if (path !== null) attempt(() => checkFolder(dirname(path)));
  return problems;
}
