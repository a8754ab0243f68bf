// SPDX-License-Identifier: Apache-2.0

import { win32 } from "node:path";

/** Name of the service, of its source of events and of its own identity, "NT SERVICE\hostscope-agent". */
export const SERVICE_NAME = "hostscope-agent";

/** Numbers of its events. 4 is in the addon: the agent is stuck and was ended. */
export const EVENT = { started: 1, stopped: 2, failed: 3 } as const;

/** Where a service may write, and where its log is unless it is told otherwise. */
export function serviceFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return win32.join(environment.ProgramData ?? "C:\\ProgramData", "hostscope");
}

/** Path of the log in such a folder. */
export const serviceLog = (folder: string): string => win32.join(folder, "agent.log");

const FOLDER = "--service-folder=";

/** What a service is started with: its folder, as its environment may tell another one, and the flags of its agent. */
export const serviceArguments = (folder: string, flags: readonly string[]): string[] => [
  `${FOLDER}${folder}`,
  ...flags,
];

/** The way back. */
export function readServiceArguments(args: readonly string[]): { folder: string; flags: readonly string[] } {
  const [first = ""] = args;
  if (!first.startsWith(FOLDER)) return { folder: serviceFolder(), flags: args };
  return { folder: first.slice(FOLDER.length), flags: args.slice(1) };
}

/** Whether the manager's command line is what this process was started with. */
export const isServiceRun = (args: readonly string[]): boolean => args[0] === "service" && args[1] === "run";
