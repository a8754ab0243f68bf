// SPDX-License-Identifier: Apache-2.0

/** Time of a scrape whose asker says nothing. */
export const STANDARD_TIMEOUT_MS = 8_000;

const MOST_MS = 30_000;
const LEAST_MS = 50;
// The answer has to be written and to travel within the asker's time, too.
const RESERVE = 0.1;
const MOST_RESERVE_MS = 500;

/** Milliseconds a scrape may take, by the header X-Prometheus-Scrape-Timeout-Seconds. */
export function scrapeTimeout(header: string | string[] | undefined): number {
  const text = typeof header === "string" ? header.trim() : "";
  if (!/^\d{1,9}(\.\d{0,9})?$/.test(text)) return STANDARD_TIMEOUT_MS;
  const ms = Number(text) * 1000;
  if (ms === 0) return STANDARD_TIMEOUT_MS;
  return Math.min(MOST_MS, Math.max(LEAST_MS, ms - Math.min(MOST_RESERVE_MS, ms * RESERVE)));
}
