// SPDX-License-Identifier: Apache-2.0

import type { MethodDescriptor } from "@hostscope/proto";
import {
  WinServiceContinueRequestSchema,
  WinServicePauseRequestSchema,
  WinServiceRestartRequestSchema,
  WinServiceSetStartTypeRequestSchema,
  WinServiceStartRequestSchema,
  WinServiceStopRequestSchema,
} from "@hostscope/proto/gen/win_service_control";
import { WinServiceStartType as StartTypes } from "@hostscope/proto/gen/win_service_values";
import { type CallOptions, describe, flag } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import {
  decodeWinServiceContinueResponse,
  decodeWinServicePauseResponse,
  decodeWinServiceRestartResponse,
  decodeWinServiceSetStartTypeResponse,
  decodeWinServiceStartResponse,
  decodeWinServiceStopResponse,
  type WinServiceContinueResponse,
  type WinServicePauseResponse,
  type WinServiceRestartResponse,
  type WinServiceSetStartTypeResponse,
  type WinServiceStartResponse,
  type WinServiceStopResponse,
} from "../gen/hostscope/v1/win_service_control_plain.ts";
import type { WinServiceStartType } from "../gen/hostscope/v1/win_service_values_plain.ts";
import { METHODS } from "../methods.ts";
import { checkMutation, type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";

/** What every call takes that changes the state of a service. */
export interface WinServiceControlOptions extends MutationOptions {
  /** Seconds to wait for the service to be what it is to be, 0 to 60; TimeoutExpired after that. @default 30 */
  readonly timeout?: number | undefined;
}

/** What WindowsService.start takes. */
export interface WinServiceStartOptions extends WinServiceControlOptions {
  /** Arguments for the service, without its name. */
  readonly arguments?: readonly string[] | undefined;
}

/** What WindowsService.stop and restart take. */
export interface WinServiceStopOptions extends WinServiceControlOptions {
  /** Whether those that depend on it and run are stopped first; otherwise they make it fail. @default false */
  readonly dependents?: boolean | undefined;
}

/** Makes one call about a service, which may take `workMs` longer than others. */
export type AskService = <T>(
  method: MethodDescriptor,
  request: Uint8Array,
  decode: (bytes: Uint8Array) => T,
  options: CallOptions | undefined,
  workMs?: number,
) => Promise<T>;

const MOST_SECONDS = 60;
const USUAL_SECONDS = 30;
/** How a service can be made to start. */
export type SettableStartType = Exclude<WinServiceStartType, "unspecified">;

const START_TYPES: Readonly<Record<SettableStartType, StartTypes>> = {
  automatic: StartTypes.AUTOMATIC,
  manual: StartTypes.MANUAL,
  disabled: StartTypes.DISABLED,
};

/**
 * What is done to a service, which psutil cannot. Each call waits until it is done. It fails with NoSuchProcess if there
 * is no such service, AccessDenied where Windows refuses, FailedPrecondition if the service cannot do it as it is, and
 * TimeoutExpired if it is not done in time.
 */
export abstract class WindowsServiceControl {
  /** Name by which it is referred to. */
  abstract readonly name: string;
  readonly #ask: AskService;

  constructor(ask: AskService) {
    this.#ask = ask;
  }

  /** Starts it; `changed` is false if it ran already. */
  async start(options?: WinServiceStartOptions): Promise<WinServiceStartResponse> {
    const call = "WindowsService.start";
    checkMutation(call, options, ["timeout", "arguments"]);
    const { timeout, ...common } = this.#common(call, options);
    const given: unknown = options?.arguments ?? [];
    if (!Array.isArray(given) || !given.every((argument) => typeof argument === "string")) {
      throw new InvalidArgument(`${call}: arguments must be an array of texts, not ${describe(given)}`);
    }
    const request = encode(WinServiceStartRequestSchema, { ...common, timeout, arguments: given });
    return this.#ask(METHODS.winServiceStart, request, decodeWinServiceStartResponse, options, timeout * 1000);
  }

  /** Stops it; `changed` is false if it had stopped before. */
  async stop(options?: WinServiceStopOptions): Promise<WinServiceStopResponse> {
    const call = "WindowsService.stop";
    checkMutation(call, options, ["timeout", "dependents"]);
    const { timeout, ...common } = this.#common(call, options);
    const dependents = flag(call, "dependents", options?.dependents);
    const request = encode(WinServiceStopRequestSchema, { ...common, timeout, dependents });
    return this.#ask(METHODS.winServiceStop, request, decodeWinServiceStopResponse, options, timeout * 1000);
  }

  /** Stops it if it runs, and starts it. */
  async restart(options?: WinServiceStopOptions): Promise<WinServiceRestartResponse> {
    const call = "WindowsService.restart";
    checkMutation(call, options, ["timeout", "dependents"]);
    const { timeout, ...common } = this.#common(call, options);
    const dependents = flag(call, "dependents", options?.dependents);
    const request = encode(WinServiceRestartRequestSchema, { ...common, timeout, dependents });
    return this.#ask(METHODS.winServiceRestart, request, decodeWinServiceRestartResponse, options, timeout * 1000);
  }

  /** Pauses it, if it can be paused; `changed` is false if it was. */
  async pause(options?: WinServiceControlOptions): Promise<WinServicePauseResponse> {
    const call = "WindowsService.pause";
    checkMutation(call, options, ["timeout"]);
    const { timeout, ...common } = this.#common(call, options);
    const request = encode(WinServicePauseRequestSchema, { ...common, timeout });
    return this.#ask(METHODS.winServicePause, request, decodeWinServicePauseResponse, options, timeout * 1000);
  }

  /** Lets it go on; `changed` is false if it was not paused. */
  async continue(options?: WinServiceControlOptions): Promise<WinServiceContinueResponse> {
    const call = "WindowsService.continue";
    checkMutation(call, options, ["timeout"]);
    const { timeout, ...common } = this.#common(call, options);
    const request = encode(WinServiceContinueRequestSchema, { ...common, timeout });
    return this.#ask(METHODS.winServiceContinue, request, decodeWinServiceContinueResponse, options, timeout * 1000);
  }

  /** Sets how it is started from now on; gives how it was `before`. */
  async setStartType(type: SettableStartType, options?: MutationOptions): Promise<WinServiceSetStartTypeResponse> {
    const call = "WindowsService.setStartType";
    checkMutation(call, options);
    if (typeof type !== "string" || !Object.hasOwn(START_TYPES, type)) {
      throw new InvalidArgument(`${call} takes "automatic", "manual" or "disabled", not ${describe(type)}`);
    }
    const request = encode(WinServiceSetStartTypeRequestSchema, {
      name: this.name,
      mutation: wireMutation(options),
      startType: START_TYPES[type],
    });
    return this.#ask(METHODS.winServiceSetStartType, request, decodeWinServiceSetStartTypeResponse, options);
  }

  #common(call: string, options: WinServiceControlOptions | undefined) {
    const timeout: unknown = options?.timeout ?? USUAL_SECONDS;
    if (!(typeof timeout === "number" && timeout >= 0 && timeout <= MOST_SECONDS)) {
      throw new InvalidArgument(`${call}: timeout must be from 0 to ${MOST_SECONDS} seconds, not ${describe(timeout)}`);
    }
    return { name: this.name, mutation: wireMutation(options), timeout };
  }
}
