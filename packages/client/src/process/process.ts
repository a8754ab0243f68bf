// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, describe, flag, intervalOf } from "../call-options.ts";
import { InvalidArgument, NoSuchProcess, ZombieProcess } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import type { SuspendResponse } from "../gen/hostscope/v1/process_control_plain.ts";
import type { KillTreeResponse, ReapResponse } from "../gen/hostscope/v1/process_tree_plain.ts";
import type { ProcessCpuPercent } from "../gen/hostscope/v1/process_values_plain.ts";
import type { MutationOptions } from "../mutation.ts";
import { askedAttributes, type ProcessAttributeName } from "./attributes.ts";
import { cpuMark, percentBetween } from "./cpu.ts";
import { readChildren, readParent, readParents } from "./family.ts";
import { cpuPlan, plannedValues } from "./plan.ts";
import type { ReadArguments } from "./reading.ts";
import { ProcessReads } from "./reads.ts";
import { sameProcess } from "./ref.ts";
import { attributeValue } from "./row.ts";
import { ProcessSettings } from "./settings.ts";
import { ProcessSnapshot } from "./snapshot.ts";
import { isLeased, type SuspendLease, type SuspendLeaseOptions, suspendLeased } from "./suspend-lease.ts";
import { type KillTreeOptions, killTree, type ReapOptions, reap } from "./trees.ts";
import type { ProcessValues, ProcessValuesOf } from "./values.ts";
import { waitForEnd } from "./wait.ts";

/** What Process.cpuPercent takes. */
export interface ProcessCpuPercentOptions extends CallOptions {
  /** Seconds to measure over, at most 60. Left out or 0: since the last call. */
  readonly interval?: number | undefined;
}

/** What Process.asDict takes. */
export interface AsDictOptions<A extends ProcessAttributeName, D> extends CallOptions {
  /** Attributes to read. @default DEFAULT_ATTRIBUTES */
  readonly attrs?: readonly A[] | undefined;
  /** Stands for each value that could not be read. @default null */
  readonly adValue?: D | undefined;
}

/** What Process.children takes. */
export interface ChildrenOptions extends CallOptions {
  /** Whether to give children of children too. @default false */
  readonly recursive?: boolean | undefined;
}

/** What Process.wait takes. */
export interface WaitOptions extends CallOptions {
  /** Seconds to wait at most; 0 looks once. Left out: until it has ended. */
  readonly timeout?: number | undefined;
}

/**
 * One process of a host, for good: every call verifies that the pid still belongs to it, and fails with NoSuchProcess
 * if not. Calls made in the same tick are one RPC:
 * `const [name, times] = await Promise.all([p.name(), p.cpuTimes()])`.
 */
export class Process extends ProcessSettings {
  /** Process id. */
  readonly pid: number;
  /** Identity: the pid with the marks that tell it from earlier and later owners of that pid. Plain data. */
  readonly ref: ProcessRef;
  readonly #reads: ProcessReads;

  /** @internal Processes come from Host.process() and Host.processIter(). */
  constructor(reads: ProcessReads) {
    super(reads);
    this.pid = reads.ref.pid;
    this.ref = reads.ref;
    this.#reads = reads;
  }

  /**
   * CPU use since the last call on this object, or over `interval` seconds. Percent of one CPU: above 100 with several
   * busy threads. The first call, and one less than 0.1 seconds after the last, is measured by the agent over 0.1 seconds:
   * the kernel counts CPU time in ticks of 10 ms as a rule, and over a few of them there is only noise.
   */
  async cpuPercent(options?: ProcessCpuPercentOptions): Promise<ProcessCpuPercent> {
    checkOptions("Process.cpuPercent", options, ["interval"]);
    const interval = intervalOf("Process.cpuPercent", options?.interval);
    const since = this.#reads.cpu.usable;
    if (interval === null && since !== null) {
      const { row, sample } = await this.#reads.read(["cpuTimes"], options);
      attributeValue(row, "cpuTimes", this.#reads.owner);
      const mark = cpuMark(row, sample);
      const measured = mark === null ? null : percentBetween(since, mark);
      if (measured !== null) {
        this.#reads.cpu.set(mark);
        return measured;
      }
    }
    const { row, sample } = await this.#reads.read(["cpuPercent", "cpuTimes"], options, {
      cpuInterval: interval ?? "default",
    });
    const measured = attributeValue(row, "cpuPercent", this.#reads.owner);
    this.#reads.cpu.set(cpuMark(row, sample));
    return measured;
  }

  /**
   * Several attributes at once, in one RPC. What could not be read is `adValue`; NoSuchProcess if the process has ended.
   * What the platform does not have is left out, and Unsupported if `attrs` names it. `cpuPercent` is since the last call
   * on this object, as in cpuPercent().
   */
  async asDict<const A extends ProcessAttributeName = never, D = null>(
    options?: AsDictOptions<A, D>,
  ): Promise<ProcessValuesOf<A, D>> {
    checkOptions("Process.asDict", options, ["attrs", "adValue"]);
    const asked = askedAttributes("Process.asDict", options?.attrs);
    const since = this.#reads.cpu.usable;
    const plan = cpuPlan(asked.names, since !== null);
    const reading = await this.#reads.read(plan.attributes, options, plan.args);
    const { owner, cpu } = this.#reads;
    const wanted = { asked, adValue: adValueOf<D>(options), plan, since };
    const values = plannedValues(reading, wanted, owner, (mark) => cpu.set(mark));
    if (values === null) {
      throw new NoSuchProcess(`process ${this.pid} on ${owner.host} ended while it was read`, owner);
    }
    return values as ProcessValuesOf<A, D>;
  }

  /**
   * Runs `work` with a snapshot of this process and gives what it returns. The snapshot has this object's getters; its
   * first read fetches all that is cheap in one RPC, and what it has once read stays as it was.
   */
  async oneshot<T>(work: (snapshot: ProcessSnapshot) => Promise<T> | T, options?: CallOptions): Promise<T> {
    if (typeof work !== "function") {
      throw new InvalidArgument(`Process.oneshot takes a function, not ${describe(work)}`);
    }
    checkOptions("Process.oneshot", options);
    return work(new ProcessSnapshot(this.#reads, options));
  }

  /** Whether this very process still exists, as a zombie too; false once its pid belongs to another. */
  async isRunning(options?: CallOptions): Promise<boolean> {
    checkOptions("Process.isRunning", options);
    try {
      await this.#reads.read([], options);
      return true;
    } catch (error) {
      if (error instanceof NoSuchProcess) {
        return error instanceof ZombieProcess;
      }
      throw error;
    }
  }

  /** The parent; null if there is none, it is not visible, or its pid belongs to a younger process by now. */
  async parent(options?: CallOptions): Promise<Process | null> {
    checkOptions("Process.parent", options);
    const parent = await readParent(this.#reads, options);
    return parent === null ? null : this.#relative(parent);
  }

  /** The parent, its parent and so on, nearest first. */
  async parents(options?: CallOptions): Promise<Process[]> {
    checkOptions("Process.parents", options);
    return (await readParents(this.#reads, options)).map((ref) => this.#relative(ref));
  }

  /** Its children; with `recursive` their children too, each parent before its own. */
  async children(options?: ChildrenOptions): Promise<Process[]> {
    checkOptions("Process.children", options, ["recursive"]);
    const recursive = flag("Process.children", "recursive", options?.recursive);
    return (await readChildren(this.#reads, recursive, options)).map((ref) => this.#relative(ref));
  }

  /**
   * Ends it and all that descends from it, those that start meanwhile too. What became of each is in `targets`; those
   * that had not ended when the time was over are in `survivors`.
   */
  async killTree(options?: KillTreeOptions): Promise<KillTreeResponse> {
    return killTree(this.#reads, options);
  }

  /** Ends its children, with `recursive` all its descendants: SIGTERM, and SIGKILL for those that stay. */
  async reap(options?: ReapOptions): Promise<ReapResponse> {
    return reap(this.#reads, options);
  }

  /**
   * Waits until the process has ended, as a zombie too. Gives its exit code, or the negative number of the signal that
   * ended it; null where the kernel tells only its parent. TimeoutExpired if it does not end within `timeout` seconds.
   */
  async wait(options?: WaitOptions): Promise<number | null> {
    checkOptions("Process.wait", options, ["timeout"]);
    return waitForEnd(this.#reads, options?.timeout, options);
  }

  /** @internal */
  static readsOf(process: Process): ProcessReads {
    return process.#reads;
  }

  /** Stops it until it is resumed; `changed` is false if it was stopped already. */
  override suspend(options?: MutationOptions & { readonly lease?: undefined }): Promise<SuspendResponse>;
  /**
   * Stops it for `lease` seconds at most: it goes on by itself when they are over, when the lease is released, when this
   * program or the connection ends, and when the host's agent stops or is killed and started again. `signal` releases it.
   */
  override suspend(options: SuspendLeaseOptions): Promise<SuspendLease>;
  override async suspend(options?: MutationOptions | SuspendLeaseOptions): Promise<SuspendResponse | SuspendLease> {
    if (!isLeased(options)) return super.suspend(options);
    return suspendLeased(this.#reads, options);
  }

  /** Whether another object stands for the same process of the same target. A mark that either lacks counts as equal. */
  equals(other: Process): boolean {
    return (
      other instanceof Process &&
      other.#reads.connection.target === this.#reads.connection.target &&
      sameProcess(this.ref, other.ref)
    );
  }

  #relative(ref: ProcessRef): Process {
    return new Process(new ProcessReads(this.#reads.connection, ref));
  }

  protected override async readAttribute<A extends ProcessAttributeName>(
    attribute: A,
    options: CallOptions | undefined,
    args: ReadArguments,
  ): Promise<ProcessValues[A]> {
    const { row } = await this.#reads.read([attribute], options, args);
    return attributeValue(row, attribute, this.#reads.owner);
  }
}

/** The value that stands for what could not be read. */
export function adValueOf<D>(options: { readonly adValue?: D | undefined } | undefined): D {
  return (options?.adValue === undefined ? null : options.adValue) as D;
}
