// SPDX-License-Identifier: Apache-2.0

import { WinServiceAttribute } from "@hostscope/proto/gen/win_service_values";
import { type CallOptions, checkOptions } from "../call-options.ts";
import type {
  WindowsService as ServiceRow,
  WinServiceStartType,
  WinServiceStatus,
} from "../gen/hostscope/v1/win_service_values_plain.ts";
import { outcomeError } from "../outcome-error.ts";
import { type AskService, WindowsServiceControl } from "./control.ts";

/** What WindowsService.asDict gives: psutil's names in camelCase. */
export type WindowsServiceValues = Omit<ServiceRow, "failures">;

type Getter = Exclude<keyof WindowsServiceValues, "name" | "displayName">;

/** Reads attributes of one service. */
export type ReadService = (
  attributes: readonly WinServiceAttribute[],
  options: CallOptions | undefined,
) => Promise<ServiceRow>;

const NUMBERS: Readonly<Record<Getter, WinServiceAttribute>> = {
  binpath: WinServiceAttribute.BINPATH,
  username: WinServiceAttribute.USERNAME,
  startType: WinServiceAttribute.START_TYPE,
  status: WinServiceAttribute.STATUS,
  pid: WinServiceAttribute.PID,
  description: WinServiceAttribute.DESCRIPTION,
};

/**
 * One Windows service; psutil's WindowsService. Each getter fails with NoSuchProcess once the service was removed, and
 * AccessDenied where Windows refuses. Null: the service has no such value.
 */
export class WindowsService extends WindowsServiceControl {
  /** Name by which it is referred to, e.g. "alg". */
  readonly name: string;
  /** Name for people. */
  readonly displayName: string;
  readonly #host: string;
  readonly #read: ReadService;

  /** @internal Services come from Host.winServiceIter() and Host.winServiceGet(). */
  constructor(name: string, displayName: string, host: string, read: ReadService, ask: AskService) {
    super(ask);
    this.name = name;
    this.displayName = displayName;
    this.#host = host;
    this.#read = read;
  }

  /** Path of its program, with arguments. */
  binpath(options?: CallOptions): Promise<string | null> {
    return this.#value("binpath", options);
  }

  /** Account it runs as. */
  username(options?: CallOptions): Promise<string | null> {
    return this.#value("username", options);
  }

  /** How it is started: "automatic", "manual" or "disabled". */
  startType(options?: CallOptions): Promise<WinServiceStartType | null> {
    return this.#value("startType", options);
  }

  /** What it is doing: "running", "stopped", "paused", "start_pending" ... */
  status(options?: CallOptions): Promise<WinServiceStatus | null> {
    return this.#value("status", options);
  }

  /** Pid of its process; null while it has none. */
  pid(options?: CallOptions): Promise<number | null> {
    return this.#value("pid", options);
  }

  /** Description for people. */
  description(options?: CallOptions): Promise<string | null> {
    return this.#value("description", options);
  }

  /** All of these at once, in one RPC. What could not be read is null. */
  async asDict(options?: CallOptions): Promise<WindowsServiceValues> {
    checkOptions("WindowsService.asDict", options);
    const { failures: _, ...values } = await this.#read(Object.values(NUMBERS), options);
    return values;
  }

  async #value<K extends Getter>(name: K, options: CallOptions | undefined): Promise<ServiceRow[K]> {
    checkOptions(`WindowsService.${name}`, options);
    const row = await this.#read([NUMBERS[name]], options);
    // One attribute was asked for: a failure is about it.
    const [failure] = row.failures;
    if (failure !== undefined) {
      const { outcome, osError } = failure;
      throw outcomeError(outcome, `${name} of service ${this.name} on ${this.#host}`, { host: this.#host, osError });
    }
    return row[name];
  }
}
