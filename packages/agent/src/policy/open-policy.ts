// SPDX-License-Identifier: Apache-2.0

import { AgentStartError } from "../agent-start-error.ts";
import { AuditLog } from "../audit/audit-log.ts";
import type { Logger } from "../log.ts";
import type { Agent } from "../serve/server.ts";
import type { Reloader } from "../trust/reloader.ts";
import { BUILTIN_POLICY, builtinPolicy } from "./builtin-policy.ts";
import type { Policy } from "./policy.ts";
import { loadPolicy } from "./policy-file.ts";

/** Files that say who may do what, and where it is written down. Null: see createAgent's defaults. */
export interface PolicyFiles {
  readonly policy: string | null;
  readonly audit: string | null;
}

/** Opens both. Throws AgentStartError: an agent without them would do what they were to prevent. */
export async function openPolicy(
  files: PolicyFiles,
  logger: Logger,
): Promise<{ policy: Policy; audit: AuditLog | null }> {
  const policy = files.policy === null ? builtinPolicy(undefined, await ownSid()) : open(files.policy);
  if (files.policy === null) {
    const whom = process.getuid?.() === 0 ? "root" : "the agent's user";
    logger.info(`${BUILTIN_POLICY}: who reaches a loopback address may do what ${whom} may; --policy changes that`);
  } else logger.info({ policy: policy.name, bindings: policy.bindings.length }, "policy");
  if (files.audit === null) return { policy, audit: null };
  try {
    return { policy, audit: await AuditLog.open(files.audit, logger) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AgentStartError("audit", `the audit log ${files.audit} cannot be written: ${why}`, { cause });
  }
}

/** Takes the policy over, now again and when its file changes; one that is not sound is left alone from then on. */
export function followPolicy({ policy }: PolicyFiles, agent: Agent, reloader: Reloader): void {
  if (policy === null) return;
  // It may have changed while the agent was made.
  reloader.add({ name: "policy", paths: [policy], load: () => agent.setPolicy(open(policy)) });
}

/** On Windows, where users have no numbers. */
async function ownSid(): Promise<string | null> {
  if (process.platform !== "win32") return null;
  const { loadNamedPipes } = await import("@hostscope/native");
  return loadNamedPipes().ownIdentity().sid;
}

function open(path: string): Policy {
  try {
    return loadPolicy(path);
  } catch (cause) {
    throw new AgentStartError("policy", cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
