// SPDX-License-Identifier: Apache-2.0

import { PidExistsRequestSchema } from "@hostscope/proto/gen/process_read";
import { type CallOptions, checkOptions, describe } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { InvalidArgument } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { decodePidExistsResponse, decodePidsResponse } from "../gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "../methods.ts";
import type { PopenOptions } from "../popen/options.ts";
import { type Popen, startPopen } from "../popen/popen.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import { goesBy } from "../process/find-by-name.ts";
import { ProcessCache, type ProcessIterOptions, type ProcessWithInfo } from "../process/iter.ts";
import { type ProcessList, type ProcessListOptions, processList } from "../process/list.ts";
import { Process } from "../process/process.ts";
import { getProcess, ProcessReads } from "../process/reads.ts";
import { checkRef, isWhole } from "../process/ref.ts";
import { encode } from "../wire/encode.ts";
import type { Signal } from "./signal-numbers.ts";
import {
  type PreviewSignalOptions,
  type ProcessSelector,
  previewSignal,
  type SignalPreview,
} from "./signal-preview.ts";
import { type WaitedProcesses, type WaitProcsOptions, waitProcs } from "./wait-procs.ts";
import { HostWatch } from "./watch.ts";

/**
 * One host, this machine or another; get one from open(). Every call fails with a HostscopeError and nothing else, and
 * takes `timeoutMs` and `signal`. `await using host = await open(...)` closes it at the end of the block.
 */
export class Host extends HostWatch implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #table: ProcessCache;

  /** @internal Hosts come from open() and createHost(). */
  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
    this.#table = new ProcessCache(connection);
  }

  /** Pids of all processes, ascending. */
  async pids(options?: CallOptions): Promise<number[]> {
    checkOptions("Host.pids", options);
    return (await this.ask(METHODS.pids, decodePidsResponse, options)).pids;
  }

  /**
   * Whether a process has this pid, as a zombie too. False for a thread's id, for negative and impossible numbers, and
   * for 0 on Linux; InvalidArgument for what is no integer.
   */
  async pidExists(pid: number, options?: CallOptions): Promise<boolean> {
    checkOptions("Host.pidExists", options);
    if (!isWhole(pid)) {
      throw new InvalidArgument(`a pid must be an integer, not ${describe(pid)}`, { host: this.target });
    }
    if (!Number.isSafeInteger(pid) || pid < 0) {
      return false;
    }
    const request = encode(PidExistsRequestSchema, { pid: BigInt(pid) });
    return (await this.ask(METHODS.pidExists, decodePidExistsResponse, options, request)).exists;
  }

  /**
   * The process with this pid, or the very process that a ref names. NoSuchProcess if there is none; InvalidArgument if
   * the pid is negative or no integer. A thread's id is accepted on Linux, as in psutil.
   */
  async process(pid: number | ProcessRef, options?: CallOptions): Promise<Process> {
    checkOptions("Host.process", options);
    const given = checkRef(this.target, pid);
    const subject = { pid: given.pid, processName: null };
    const { row } = await getProcess(this.#connection, given, [], options, {}, subject);
    return new Process(new ProcessReads(this.#connection, row.ref ?? given));
  }

  /**
   * Processes one after another, ascending by pid, zombies included; one that ends meanwhile is left out. A process keeps
   * its object from one iteration of this Host to the next. With `attrs`, `info` of each holds those values, read in one
   * RPC for all; `cpuPercent` is since the last iteration that read it, and 0.1 seconds measured by the agent in the
   * first. Leaving the loop cancels the RPC.
   */
  processIter(options?: CallOptions & { readonly attrs?: undefined }): AsyncGenerator<Process, void, undefined>;
  processIter<const A extends ProcessAttributeName, D = null>(
    options: ProcessIterOptions<A, D> & { readonly attrs: readonly A[] },
  ): AsyncGenerator<ProcessWithInfo<A, D>, void, undefined>;
  processIter<A extends ProcessAttributeName, D>(
    options?: ProcessIterOptions<A, D>,
  ): AsyncGenerator<Process, void, undefined> {
    return this.#table.iterate(options);
  }

  /**
   * All processes as plain rows, the fastest way to a whole table: one RPC and no objects but what the host sent. What
   * could not be read is null in its row and named in the row's `failures`.
   */
  processList<const A extends ProcessAttributeName = never>(options?: ProcessListOptions<A>): Promise<ProcessList<A>> {
    return processList(this.#connection, options);
  }

  /**
   * Processes of this name, ascending by pid: its name, its executable's file name or its first argument equals `name`.
   * psutil's recipe "find process by name". The values it went by are in `info` of each.
   */
  async processesByName(name: string, options?: CallOptions): Promise<ProcessWithInfo<"name" | "exe" | "cmdline">[]> {
    checkOptions("Host.processesByName", options);
    if (typeof name !== "string") {
      throw new InvalidArgument(`Host.processesByName takes a name, not ${describe(name)}`);
    }
    const found: ProcessWithInfo<"name" | "exe" | "cmdline">[] = [];
    for await (const process of this.processIter({ ...options, attrs: ["name", "exe", "cmdline"] })) {
      if (goesBy(process.info, name)) {
        found.push(process);
      }
    }
    return found;
  }

  /**
   * Waits until all of these processes have ended or `timeout` seconds have passed, without polling. Those that have
   * ended get a `returncode`. Fails only if the host cannot be asked.
   */
  async waitProcs<P extends Process>(
    processes: Iterable<P>,
    options?: WaitProcsOptions<P>,
  ): Promise<WaitedProcesses<P>> {
    return waitProcs(this.#connection, processes, options);
  }

  /**
   * Starts a program on the host: `args` are its absolute path and its arguments, never given to a shell. Unsupported
   * unless the host was told to allow it, NotFound or AccessDenied if there is no such program, directory or user.
   */
  async popen(args: readonly string[], options?: PopenOptions): Promise<Popen> {
    return startPopen(this.#connection, args, options);
  }

  /**
   * Shows whom a selector means, without doing anything: `await (await host.previewSignal({ name: "nginx" },
   * "SIGHUP")).commit()` signals the one process of that name, and nobody if there are two.
   */
  async previewSignal(
    selector: ProcessSelector,
    signal: Signal,
    options?: PreviewSignalOptions,
  ): Promise<SignalPreview> {
    return previewSignal(this.#connection, selector, signal, options);
  }

  /** Ends the connection; calls in progress fail with Cancelled, and so does every later one. Safe to call twice. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** close(), for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
