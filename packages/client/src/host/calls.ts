// SPDX-License-Identifier: Apache-2.0

import type { MethodDescriptor } from "@hostscope/proto";
import type { CallOptions } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { InternalError } from "../errors.ts";

const EMPTY = new Uint8Array(0);

/**
 * What the areas of a Host share. Each area is a class of its own that extends the one before, so that users see one
 * flat Host: HostCpu, HostMemory, HostDisks, HostNetwork, HostSensors, HostSystem, HostCgroups,
 * HostServices, HostWatch, Host.
 */
export abstract class HostCalls {
  /** What was given to open(). */
  readonly target: string;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.target = connection.target;
    this.#connection = connection;
  }

  /** One unary RPC, which may take `workMs` longer than others; the options are already checked. */
  protected ask<T>(
    method: MethodDescriptor,
    decode: (bytes: Uint8Array) => T,
    options: CallOptions | undefined,
    request: Uint8Array = EMPTY,
    workMs = 0,
  ): Promise<T> {
    return this.#connection.unary({ method, request, decode, options, workMs });
  }

  /** The messages of one streaming RPC; the options are already checked. */
  protected stream<T>(
    method: MethodDescriptor,
    decode: (bytes: Uint8Array) => T,
    options: CallOptions | undefined,
    request: Uint8Array,
  ): AsyncGenerator<T, void, undefined> {
    return this.#connection.stream({ method, request, decode, options });
  }

  /** A part that every answer to a call has. */
  protected present<T>(value: T | null, call: string): T {
    if (value === null) {
      throw new InternalError(`the answer of ${this.target} for ${call} is empty`, { host: this.target });
    }
    return value;
  }
}
