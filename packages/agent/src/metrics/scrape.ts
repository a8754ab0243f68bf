// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { Logger } from "../log.ts";
import type { Collector } from "./collector.ts";
import { type Family, gauge } from "./family.ts";
import { Reader } from "./reader.ts";

interface Outcome {
  readonly name: string;
  readonly families: readonly Family[];
  /** Null if the platform has no such thing, which is no failure. */
  readonly success: boolean | null;
  readonly seconds: number;
}

/**
 * Runs all collectors side by side and gives what they found within the time, then how each of them fared. One that
 * fails or is late costs its own metrics and nothing else. Never rejects.
 */
export async function scrape(
  collectors: readonly Collector[],
  transport: Transport,
  timeoutMs: number,
  logger: Logger,
): Promise<Family[]> {
  const abort = new AbortController();
  const reader = new Reader(transport, timeoutMs, abort.signal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StatusError(StatusCode.DEADLINE_EXCEEDED, "the scrape's time is up")),
      timeoutMs,
    );
  });
  late.catch(() => {});
  try {
    const running: Promise<Outcome>[] = [];
    for (const collector of collectors) {
      running.push(run(collector, reader, late, logger));
      // Most are done at once on this thread: callers get their turn between them, and each takes its own time only.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const outcomes = await Promise.all(running);
    return [...outcomes.flatMap(({ families }) => families), ...health(outcomes)];
  } finally {
    clearTimeout(timer);
    // Frees what a late call holds.
    abort.abort();
  }
}

async function run(collector: Collector, reader: Reader, late: Promise<never>, logger: Logger): Promise<Outcome> {
  const started = performance.now();
  const outcome = (success: boolean | null, families: readonly Family[]): Outcome => ({
    name: collector.name,
    families,
    success,
    seconds: Number(((performance.now() - started) / 1000).toFixed(6)),
  });
  try {
    const collecting = collector.collect(reader);
    collecting.catch(() => {});
    return outcome(true, await Promise.race([collecting, late]));
  } catch (err) {
    if (err instanceof StatusError && err.code === StatusCode.UNIMPLEMENTED) return outcome(null, []);
    // Each scrape would say it again: not a warning, unless it is a defect.
    if (err instanceof StatusError) logger.debug({ collector: collector.name, err }, "a collector failed");
    else logger.error({ collector: collector.name, err }, "a collector failed with something unexpected");
    return outcome(false, []);
  }
}

function health(outcomes: readonly Outcome[]): Family[] {
  const success = gauge("hostscope_scrape_collector_success", "Whether a collector of this scrape succeeded.");
  const duration = gauge("hostscope_scrape_collector_duration_seconds", "Time a collector of this scrape took.");
  for (const { name, success: well, seconds } of outcomes) {
    if (well === null) continue;
    success.add(well ? 1 : 0, { collector: name });
    duration.add(seconds, { collector: name });
  }
  return [success, duration];
}
