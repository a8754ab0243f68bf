// SPDX-License-Identifier: Apache-2.0

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { ServiceDefinition } from "@hostscope/native";
import { FLAGS, type FlagName, REPEATED, readFlags } from "../config/flags.ts";
import { SERVICE_NAME, serviceArguments, serviceFolder } from "./service-facts.ts";

/** Has no right but to read what everybody reads, and is nobody on the network. */
export const STANDARD_ACCOUNT = "NT AUTHORITY\\LocalService";

/** What is chosen for a service besides the flags of its agent. */
export interface ServiceChoices {
  readonly account: string;
  readonly password: string | null;
  readonly automatic: boolean;
}

const DISPLAY_NAME = "hostscope agent";
const DESCRIPTION = "Serves CPU, memory, disks, network, processes and services of this machine to hostscope clients.";
// To see and end processes of others, and to raise priorities; what LocalSystem has besides is nothing that is needed.
const OF_SYSTEM = ["SeDebugPrivilege", "SeIncreaseBasePriorityPrivilege"];
const OF_EVERYBODY = ["SeChangeNotifyPrivilege"];
const NOT_FOR_SERVICES: readonly FlagName[] = ["help", "version", "check-config", "exit-with-parent"];
const PATHS: ReadonlySet<string> = new Set(["FILE", "DIR", "PATH"]);

/** The service of an agent with these flags. Throws an Error that says what is wrong with them. */
export function serviceDefinition(flags: readonly string[], choices: ServiceChoices): ServiceDefinition {
  const isSystem = /^(\.\\)?(NT AUTHORITY\\)?(LocalSystem|SYSTEM)$/i.test(choices.account);
  const folder = serviceFolder();
  return {
    name: SERVICE_NAME,
    displayName: DISPLAY_NAME,
    description: DESCRIPTION,
    command: [process.execPath, programPath(), "service", "run", ...serviceArguments(folder, forService(flags))],
    account: isSystem ? "LocalSystem" : choices.account,
    password: choices.password,
    automatic: choices.automatic,
    privileges: isSystem ? [...OF_EVERYBODY, ...OF_SYSTEM] : OF_EVERYBODY,
    folder,
  };
}

/** Flags as they mean the same from the folder that services start in. */
export function forService(flags: readonly string[]): string[] {
  const given = readFlags(flags);
  const strange = NOT_FOR_SERVICES.find((name) => given.has(name));
  if (strange !== undefined) throw new Error(`--${strange} is not for a service`);
  return [...given].flatMap(([name, text]) => {
    const { value } = FLAGS[name];
    if (value === null) return [`--${name}`];
    const values = REPEATED.has(name) ? text.split(",") : [text];
    return values.map((each) => `--${name}=${PATHS.has(value) ? resolve(each) : each}`);
  });
}

/** This very program. What would need a loader of TypeScript is none that a service could run. */
function programPath(): string {
  const path = realpathSync(process.argv[1] ?? "");
  if (/\.[cm]?ts$/.test(path)) throw new Error(`${path} is a source file; a service runs the program of the package`);
  return path;
}
