// SPDX-License-Identifier: Apache-2.0

import type { AgentConfig } from "./config/config.ts";
import { createLogger, type Logger } from "./log.ts";
import { LogFile } from "./log-file.ts";
import { onStopRequest, type StopCause } from "./stop-request.ts";

/** What an agent process stands in: a terminal or a service manager that speaks signals, or Windows' manager. */
export interface Surroundings {
  /** The log, to wherever it goes here. */
  openLog(config: Pick<AgentConfig, "logLevel" | "logFile">): Logger;
  /** Says what is wrong with the command line. */
  complain(message: string): void;
  /** Says that the agent serves. */
  announce(addresses: readonly string[]): void;
  /** Calls back for each request to stop; `withParent`: the end of standard input is one. */
  onStopRequest(withParent: boolean, onRequest: (cause: StopCause) => void): void;
}

/** Signals, standard output for the addresses and standard error for all else. */
export const TERMINAL: Surroundings = {
  openLog: ({ logLevel, logFile }) => createLogger(logLevel, logFile === null ? undefined : new LogFile(logFile)),
  complain: (message) => process.stderr.write(`hostscope-agent: ${message}\nTry --help.\n`),
  announce: (addresses) => process.stdout.write(`${addresses.join("\n")}\n`),
  onStopRequest,
};
