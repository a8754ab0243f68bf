// SPDX-License-Identifier: Apache-2.0

import { EventLevel, type ServiceOrder, ServiceState, type WindowsServices } from "@hostscope/native";
import type { AgentConfig } from "../config/config.ts";
import { createLogger, type Logger, type LogSink } from "../log.ts";
import { LogFile } from "../log-file.ts";
import type { StopCause } from "../stop-request.ts";
import type { Surroundings } from "../surroundings.ts";
import { EVENT, SERVICE_NAME, serviceLog } from "./service-facts.ts";

// Well within the time after which the addon takes a process that says nothing for stuck.
const PROGRESS_MS = 2_000;

/** An agent's surroundings as a Windows service: a log file, the event log, and the manager's orders. */
export class ServiceProcess implements Surroundings {
  readonly #services: Pick<WindowsServices, "report" | "reportEvent">;
  readonly #folder: string;
  readonly #orders: ServiceOrder[] = [];
  readonly #progress: NodeJS.Timeout;
  #state: ServiceState = ServiceState.START_PENDING;
  #obey: ((order: ServiceOrder) => void) | null = null;
  #log = "";

  /** `folder`: where its log is unless it is told otherwise. */
  constructor(services: Pick<WindowsServices, "report" | "reportEvent">, folder: string) {
    this.#services = services;
    this.#folder = folder;
    // A state that is pending has to be told again and again.
    this.#progress = setInterval(() => {
      if (this.#state === ServiceState.START_PENDING || this.#state === ServiceState.STOP_PENDING) this.#report();
    }, PROGRESS_MS);
  }

  /** Whether it has come so far that it serves. */
  get isServing(): boolean {
    return this.#state === ServiceState.RUNNING;
  }

  /** Whether it was told to stop. */
  get isStopping(): boolean {
    return this.#state === ServiceState.STOP_PENDING;
  }

  openLog({ logLevel, logFile }: Pick<AgentConfig, "logLevel" | "logFile">): Logger {
    this.#log = logFile ?? serviceLog(this.#folder);
    const file = new LogFile(this.#log);
    const sink: LogSink = {
      write: (line) => {
        file.write(line);
        const fatal = fatalText(line);
        if (fatal !== null) this.complain(fatal);
      },
    };
    return createLogger(logLevel, sink);
  }

  /** What keeps it from serving is for people who have no terminal. */
  complain(message: string): void {
    const where = this.#log === "" ? "" : `\n\nThe log is ${this.#log}.`;
    this.#event(EventLevel.ERROR, EVENT.failed, `The hostscope agent failed: ${message}${where}`);
  }

  announce(addresses: readonly string[]): void {
    this.#enter(ServiceState.RUNNING);
    const text = `The hostscope agent serves ${addresses.join(" and ")}.\n\nThe log is ${this.#log}.`;
    this.#event(EventLevel.INFORMATION, EVENT.started, text);
  }

  onStopRequest(_withParent: boolean, onRequest: (cause: StopCause) => void): void {
    this.#obey = onRequest;
    for (const order of this.#orders.splice(0)) onRequest(order);
  }

  /** Takes an order of the manager, which has been told already that the stop is pending. */
  obey(order: ServiceOrder): void {
    this.#enter(ServiceState.STOP_PENDING);
    if (this.#obey === null) this.#orders.push(order);
    else this.#obey(order);
  }

  /** Tells the manager that it is over. */
  stopped(code: number): void {
    clearInterval(this.#progress);
    const text = code === 0 ? "The hostscope agent has stopped." : `The hostscope agent has stopped with code ${code}.`;
    this.#event(code === 0 ? EventLevel.INFORMATION : EventLevel.ERROR, EVENT.stopped, text);
    this.#state = ServiceState.STOPPED;
    this.#report(code);
  }

  #enter(state: ServiceState): void {
    // Told to stop while it started: it starts no more.
    if (this.#state === ServiceState.STOP_PENDING && state === ServiceState.RUNNING) return;
    this.#state = state;
    this.#report();
  }

  #report(code = 0): void {
    try {
      this.#services.report(this.#state, code);
    } catch {
      // The manager is gone, as at the end of a shutdown.
    }
  }

  #event(level: EventLevel, id: number, text: string): void {
    try {
      this.#services.reportEvent(SERVICE_NAME, level, id, text);
    } catch {
      // The event log may be off or full. The log file has it, too.
    }
  }
}

/** What a line of the log says if it is the last word of an agent. */
function fatalText(line: string): string | null {
  if (!line.includes('"level":"fatal"')) return null;
  const { level, msg, err } = JSON.parse(line) as { level?: string; msg?: string; err?: { message?: string } };
  if (level !== "fatal") return null;
  return err?.message === undefined || msg?.includes(err.message) ? (msg ?? "") : `${msg}: ${err.message}`;
}
