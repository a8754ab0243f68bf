// SPDX-License-Identifier: Apache-2.0

import type { EventLevel, NativeFailure, ServiceDefinition, ServiceState } from "./addon.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";
import { answerOf } from "./native-failure.ts";

/** Orders to a service that runs. */
export type ServiceOrder = "stop" | "shutdown";

/**
 * A service of Windows' own manager: registered, or this very process. Each call fails with StatusError: UNIMPLEMENTED where
 * there is no such manager, PERMISSION_DENIED for who may not, NOT_FOUND, FAILED_PRECONDITION.
 */
export interface WindowsServices {
  /** Registers one, or nothing. Gives the settings that what runs in Windows' place does not have; on Windows none. */
  install(definition: ServiceDefinition): readonly string[];
  /** Removes one that has stopped. */
  uninstall(name: string): void;
  /**
   * Answers the manager as the service of that name; settles when it has started it. Fails with FAILED_PRECONDITION if
   * it was not the manager that started this process.
   */
  run(name: string, onOrder: (order: ServiceOrder) => void): Promise<void>;
  /** Tells the manager how this process does. What is pending is to be told again within 20 seconds, or it is ended. */
  report(state: ServiceState, exitCode?: number): void;
  /** Writes to the event log; ids from 1 to 1000. */
  reportEvent(source: string, level: EventLevel, id: number, text: string): void;
}

/** Loads what registers and runs services. Fails with UNAVAILABLE if there is no addon for this platform. */
export function loadWindowsServices(loader?: AddonLoader): WindowsServices {
  const addon = loadAddon(loader);
  return {
    install: (definition) => answerOf(addon.installService(definition)),
    uninstall: (name) => answerOf(addon.uninstallService(name)),
    run: (name, onOrder) =>
      new Promise((resolve, reject) => {
        const take = (order: "started" | "failed" | ServiceOrder, failure?: NativeFailure) => {
          if (order === "started") resolve();
          else if (order === "failed") reject(asError(failure));
          else onOrder(order);
        };
        answerOf(addon.runAsService(name, take));
      }),
    report: (state, exitCode = 0) => answerOf(addon.reportService(state, exitCode)),
    reportEvent: (source, level, id, text) => answerOf(addon.reportEvent(source, level, id, text)),
  };
}

function asError(failure: NativeFailure | undefined): unknown {
  try {
    answerOf(failure);
  } catch (error) {
    return error;
  }
  return new Error("the service control manager cannot be answered");
}
