// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { type AgentProcess, startAgentThrough } from "./agent-process.ts";

/** A real agent that serves /metrics. */
export interface MetricsAgent extends AgentProcess {
  /** Where, e.g. "http://127.0.0.1:40123/metrics". */
  readonly url: string;
  /** The text of one scrape; throws unless it is answered with 200. */
  scrape(headers?: Record<string, string>): Promise<string>;
}

/** Starts one on free ports; extra arguments go to it. */
export function startMetricsAgent(...args: string[]): Promise<MetricsAgent> {
  return startMetricsAgentThrough([], ...args);
}

/** The same through a program that becomes the one it is given. */
export async function startMetricsAgentThrough(program: readonly string[], ...args: string[]): Promise<MetricsAgent> {
  const agent = await startAgentThrough(program, "--metrics", "127.0.0.1:0", ...args);
  const url = await urlInLog(agent);
  return {
    ...agent,
    url,
    async scrape(headers = {}) {
      const response = await fetch(url, { headers });
      const body = await response.text();
      if (response.status !== 200) throw new Error(`${response.status}: ${body}`);
      return body;
    },
  };
}

async function urlInLog(agent: AgentProcess): Promise<string> {
  const end = Date.now() + 10_000;
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(agent.log())?.[1];
    if (url !== undefined) return url;
    if (Date.now() > end) throw new Error(`no address of the metrics in the log:\n${agent.log()}`);
    await sleep(20);
  }
}
