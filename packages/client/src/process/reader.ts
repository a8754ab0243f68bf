// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions } from "../call-options.ts";
import type { ProcessAttributeName } from "./attributes.ts";
import type { ReadArguments } from "./reading.ts";
import type { ProcessValues } from "./values.ts";

/**
 * What the getters of a process share. Each group of getters is a class of its own that extends the one before, so that
 * users see one flat Process: ProcessIdentity, ProcessUsage, ProcessMemory, ProcessGetters (which adds files and
 * sockets).
 */
export abstract class ProcessReader {
  /** Reads one attribute. The options are checked; an implementation must ask for it in the caller's tick. */
  protected abstract readAttribute<A extends ProcessAttributeName>(
    attribute: A,
    options: CallOptions | undefined,
    args: ReadArguments,
  ): Promise<ProcessValues[A]>;

  /** Checks the options and reads one attribute that takes no arguments. */
  protected async read<A extends ProcessAttributeName>(
    attribute: A,
    options: CallOptions | undefined,
  ): Promise<ProcessValues[A]> {
    checkOptions(`Process.${attribute}`, options);
    return this.readAttribute(attribute, options, {});
  }
}
