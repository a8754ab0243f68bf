// SPDX-License-Identifier: Apache-2.0

import type { AgentLoad } from "../serve/server.ts";
import { counter, type Family, gauge } from "./family.ts";

/** What the agent let in, refused and took over. */
export function listenFamilies({ handshakes, watches, listen }: AgentLoad): Family[] {
  const accepted = counter(
    "hostscope_agent_connections_accepted_total",
    "Connections that were let in, by how they came.",
  );
  for (const [via, count] of listen.accepted) accepted.add(count, { via });
  const refused = counter("hostscope_agent_refused_total", "Connections and calls that were refused, by reason.");
  for (const [reason, count] of listen.refused) refused.add(count, { reason });
  const reloads = counter("hostscope_agent_reloads_total", "Times that files were taken over, or were not sound.");
  const stale = gauge(
    "hostscope_agent_config_stale",
    "1 if the files are not sound, and what was read before is in use.",
  );
  for (const [files, { ok, failed, stale: isStale }] of listen.reloads) {
    reloads.add(ok, { files, result: "ok" }).add(failed, { files, result: "failed" });
    stale.add(isStale ? 1 : 0, { files });
  }
  return [
    gauge("hostscope_agent_handshakes", "TLS handshakes in progress.").add(handshakes),
    gauge("hostscope_agent_watches", "Open watches.").add(watches),
    accepted,
    refused,
    reloads,
    stale,
  ];
}
