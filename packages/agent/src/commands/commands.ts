// SPDX-License-Identifier: Apache-2.0

/** A command beside serving: does its work and gives the exit code. */
export type CommandRun = (args: readonly string[]) => Promise<number> | number;

/** The commands of hostscope-agent, each loaded when it is called. */
export const COMMANDS: Readonly<Record<string, { readonly help: string; load(): Promise<CommandRun> }>> = {
  "init-tls": {
    help: "make an authority and certificates for agents and clients",
    load: async () => (await import("./init-tls.ts")).initTls,
  },
  policy: {
    help: "check, explain and test a policy",
    load: async () => (await import("./policy.ts")).policy,
  },
  audit: {
    help: "verify audit logs",
    load: async () => (await import("./audit.ts")).audit,
  },
  service: {
    help: "install, uninstall, start and stop the agent as a Windows service",
    load: async () => (await import("./service.ts")).service,
  },
  token: {
    help: "create, list and revoke bearer tokens",
    load: async () => (await import("./token.ts")).token,
  },
};

/** Runs the command that the arguments begin with; null if they begin with none. */
export async function runCommand([name = "", ...args]: readonly string[]): Promise<number | null> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command === undefined ? null : (await command.load())(args);
}
