// SPDX-License-Identifier: Apache-2.0

import type { OverheadBudget } from "../budget/overhead-budget.ts";
import type { AgentLoad } from "../serve/server.ts";
import { codeName } from "../serve/status.ts";
import type { WatchCollections } from "../serve/watch-collections.ts";
import { agentVersion } from "../version.ts";
import { counter, Family, gauge } from "./family.ts";
import { listenFamilies } from "./listen-families.ts";

const VERSION = agentVersion();
const STARTED = (performance.timeOrigin / 1000).toFixed(3);

/** The agent's own metrics: what it serves and what it costs. They are read on the spot and cannot fail. */
export function agentFamilies(load: AgentLoad, budget: OverheadBudget, watched: WatchCollections): Family[] {
  const calls = counter("hostscope_agent_calls_total", "Calls that are over, by method and gRPC status.");
  const seconds = counter("hostscope_agent_call_seconds_total", "Time that calls took, by method and gRPC status.");
  for (const count of load.counts.values()) {
    const labels = { method: `${count.method.service}.${count.method.name}`, code: codeName(count.code) };
    calls.add(count.calls, labels);
    seconds.add(Number(count.seconds.toFixed(6)), labels);
  }
  const collections = counter(
    "hostscope_watch_collections_total",
    "Collections made for watches, by method: one for all who watch the same.",
  );
  for (const [method, count] of Object.entries(watched)) collections.add(count, { method });
  return [
    new Family("info", "hostscope_agent_build_info", "Versions of the agent and its runtime.").add(1, {
      version: VERSION,
      node: process.versions.node,
      arch: process.arch,
    }),
    gauge("hostscope_agent_start_time_seconds", "When the agent began, seconds since the epoch.").add(Number(STARTED)),
    gauge("hostscope_agent_connections", "Open connections of gRPC clients.").add(load.connections),
    gauge("hostscope_agent_calls_in_progress", "Calls in progress.").add(load.callsInProgress),
    // Absent without an audit log.
    gauge("hostscope_agent_audit_writable", "1 if the audit log can be written; if not, nothing is changed.").add(
      load.auditWritable === null ? undefined : Number(load.auditWritable),
    ),
    calls,
    seconds,
    collections,
    ...listenFamilies(load),
    ...costFamilies(budget),
  ];
}

function costFamilies(budget: OverheadBudget): Family[] {
  budget.update();
  const { limits } = budget;
  const { user, system } = process.cpuUsage();
  const share = (percent: number | null) => (percent === null ? undefined : percent / 100);
  return [
    counter("hostscope_agent_cpu_seconds_total", "CPU time the agent has used.").add((user + system) / 1e6),
    gauge("hostscope_agent_resident_memory_bytes", "The agent's resident memory.").add(process.memoryUsage.rss()),
    gauge("hostscope_agent_cpu_ratio", "CPU the agent took at its budget's last reading, of one CPU.").add(
      share(budget.cpuPercent),
    ),
    gauge("hostscope_agent_budget_cpu_ratio", "CPU the agent may take, of one CPU.").add(share(limits.maxCpuPercent)),
    gauge("hostscope_agent_budget_memory_bytes", "Resident memory the agent may take.").add(
      limits.maxRssBytes ?? undefined,
    ),
    gauge("hostscope_agent_stretch_ratio", "Factor by which intervals are stretched to keep to the budget.").add(
      budget.stretch,
    ),
  ];
}
