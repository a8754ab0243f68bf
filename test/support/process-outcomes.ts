// SPDX-License-Identifier: Apache-2.0

import {
  AccessDenied,
  type Host,
  NoSuchProcess,
  type Process,
  TimeoutExpired,
  Unsupported,
  ZombieProcess,
} from "@hostscope/client";

/** What becomes of reading one attribute. */
export type Outcome = "value" | "zombie" | "gone" | "denied" | "unsupported" | "timed out";

/** How reading one attribute of a process by its getter ends. */
export async function outcomeOf(subject: Process, attribute: string): Promise<Outcome> {
  if (attribute === "pid") return (await subject.isRunning()) ? "value" : "gone"; // no getter: always known
  const getter = (subject as unknown as Record<string, (() => Promise<unknown>) | undefined>)[attribute];
  if (getter === undefined) throw new Error(`Process has no ${attribute}()`);
  return ending(getter.call(subject));
}

/** The same for a pid from scratch. */
export async function outcomeOfPid(host: Host, pid: number, attribute: string): Promise<Outcome> {
  return outcomeOf(await host.process(pid), attribute);
}

/** How any read of a process ends. */
export async function ending(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "value";
  } catch (error) {
    if (error instanceof ZombieProcess) return "zombie"; // before its base
    if (error instanceof NoSuchProcess) return "gone";
    if (error instanceof AccessDenied) return "denied";
    if (error instanceof Unsupported) return "unsupported";
    if (error instanceof TimeoutExpired) return "timed out";
    throw error;
  }
}

/** What psutil raises, in the same terms. */
export const OUTCOME_OF_PSUTIL: Readonly<Record<string, Outcome>> = {
  ZombieProcess: "zombie",
  NoSuchProcess: "gone",
  AccessDenied: "denied",
  NotImplementedError: "unsupported",
  AttributeError: "unsupported",
};
