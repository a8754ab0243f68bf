// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type CallOptions,
  describeMethod,
  type MessageStream,
  StatusCode,
  StatusError,
  type Transport,
} from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { SuspendRequestSchema, SuspendResponseSchema } from "@hostscope/proto/gen/process_control";
import { LeaseState, SuspendLeasedResponseSchema } from "@hostscope/proto/gen/process_lease";
import { watchLimits } from "./call-limit.ts";
import { failure, wordsOf } from "./failure.ts";
import { granted } from "./granted.ts";
import type { LeaseFile } from "./lease-files.ts";
import { monotonicMs } from "./monotonic.ts";
import { type Look, loadRef, type Owners, type SavedRef, saveRef } from "./owner.ts";
import type { ProcessHolds } from "./process-holds.ts";

const OP = "Process.SuspendLeased";
const SUSPEND = describeMethod(Process.method.suspend);
const SUSPEND_MS = 10_000;
const LOOK_EVERY_MS = 1000;
// A reader whose process cannot be resumed hears of it in the end; the tries go on.
const PATIENCE_MS = 10_000;

/** What leases work with. */
export interface LeaseContext {
  readonly inner: Transport;
  readonly owners: Owners;
  readonly holds: ProcessHolds;
}

/** Why a lease ends: the last message for its reader, or the error (null: the reader has gone). */
export type LeaseEnding = { readonly state: LeaseState } | { readonly error: StatusError | null };

/** What its messages have in common. */
type Stop = Pick<ReturnType<typeof decodeSuspend>, "guarantee" | "changed">;

/** One leased suspension, from its request to the moment when its process goes on. */
export class SuspendLease {
  readonly #context: LeaseContext;
  readonly #stream: MessageStream;
  readonly #options: CallOptions;
  #target: SavedRef | null = null;
  #begun = false;
  #given = false;
  #resolveOver: (ending: LeaseEnding) => void = () => {};
  readonly #over = new Promise<LeaseEnding>((resolve) => {
    this.#resolveOver = resolve;
  });

  constructor(context: LeaseContext, stream: MessageStream, options: CallOptions) {
    this.#context = context;
    this.#stream = stream;
    this.#options = options;
  }

  /** Whether it holds the process that a ref names. A mark that either side lacks counts as equal. */
  holds(ref: ProcessRef): boolean {
    if (this.#target === null) return false;
    const held = loadRef(this.#target);
    return held.pid === ref.pid && agree(held.start, ref.start) && agree(held.pidfdInode, ref.pidfdInode);
  }

  /** Whether it has stopped its process, or may have. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Somebody else has resumed the process. */
  over(): void {
    this.end({ state: LeaseState.OVER });
  }

  /** Ends it; only the first ending counts. */
  end(ending: LeaseEnding): void {
    this.#given = true;
    // Whoever gave up does not wait until the process goes on.
    if ("error" in ending) this.#stream.end(ending.error);
    this.#resolveOver(ending);
  }

  /** Resolves when the process is held no more; fails if it never was. */
  async run(ref: ProcessRef, leaseMs: number): Promise<void> {
    const { owners, holds } = this.#context;
    const stopWatching = watchLimits(OP, this.#options, (error) => this.end({ error }));
    let timers: NodeJS.Timeout[] = [];
    try {
      const { ref: found, state } = known(ref, await owners.look(ref));
      const target = saveRef(found);
      const held = await holds.inTurn(target, () => this.#hold(found, state === "stopped", leaseMs));
      if (held === null) return;
      this.#target = target;
      this.#tell(LeaseState.HELD, held.stop);
      timers = [
        setTimeout(() => this.end({ state: LeaseState.EXPIRED }), leaseMs),
        setInterval(() => this.#checkTarget(found), LOOK_EVERY_MS),
      ];
      const ending = await this.#over;
      for (const timer of timers) clearTimeout(timer);
      await holds.inTurn(target, () => this.#letGo(held.file, ending));
      if ("state" in ending) this.#tell(ending.state, held.stop);
      this.#stream.end();
    } finally {
      stopWatching();
      for (const timer of timers) clearTimeout(timer);
    }
  }

  /** Stops the process; null if the caller gave up before. */
  async #hold(ref: ProcessRef, stoppedBefore: boolean, leaseMs: number) {
    if (this.#given) return null;
    const { inner, holds } = this.#context;
    const file = await typed(holds.take(ref, stoppedBefore, monotonicMs() + leaseMs));
    try {
      const request = toBinary(SuspendRequestSchema, create(SuspendRequestSchema, { ref }));
      const stop = decodeSuspend(
        await inner.unary(SUSPEND, request, { ...granted(this.#options), timeoutMs: SUSPEND_MS }),
      );
      this.#begun = true;
      return { stop, file: await holds.confirm(file, stop.changed) };
    } catch (error) {
      // Only a refusal is certain not to have stopped it.
      if (isRefusal(error)) {
        await holds.drop(file);
      } else {
        this.#begun = true;
        await holds.letGo(file);
      }
      throw error;
    }
  }

  async #letGo(file: LeaseFile, ending: LeaseEnding): Promise<void> {
    const { holds } = this.#context;
    // It runs already, or there is nothing that could.
    if ("state" in ending && ending.state === LeaseState.OVER) return holds.drop(file);
    const since = performance.now();
    await holds.letGo(file, (error) => {
      if (performance.now() - since < PATIENCE_MS) return;
      const message = `${OP}: the process could not be resumed yet, and is tried again: ${wordsOf(error)}`;
      this.#stream.end(failure(ErrorReason.INTERNAL, message, { op: OP }, error));
    });
  }

  async #checkTarget(ref: ProcessRef): Promise<void> {
    const { state } = await this.#context.owners.look(ref).catch((): Look => ({ state: "unknown", ref: null }));
    if (state === "ended") this.over();
  }

  #tell(state: LeaseState, { guarantee, changed }: Stop): void {
    const message = create(SuspendLeasedResponseSchema, { state, guarantee, changed });
    this.#stream.push(toBinary(SuspendLeasedResponseSchema, message));
  }
}

function decodeSuspend(bytes: Uint8Array) {
  return fromBinary(SuspendResponseSchema, bytes);
}

function known({ pid }: ProcessRef, { ref, state }: Look): { ref: ProcessRef; state: Look["state"] } {
  if (ref !== null && state !== "ended") return { ref, state };
  if (state === "ended")
    throw failure(ErrorReason.NO_SUCH_PROCESS, `${OP}: no process has pid ${pid}`, { pid, op: OP });
  throw failure(ErrorReason.UNAVAILABLE, `${OP}: the system does not answer`, { pid, op: OP, retryable: true });
}

const REFUSALS: ReadonlySet<StatusCode> = new Set<StatusCode>([
  StatusCode.NOT_FOUND,
  StatusCode.PERMISSION_DENIED,
  StatusCode.INVALID_ARGUMENT,
  StatusCode.FAILED_PRECONDITION,
  StatusCode.OUT_OF_RANGE,
  StatusCode.UNIMPLEMENTED,
  StatusCode.RESOURCE_EXHAUSTED,
]);

function isRefusal(error: unknown): boolean {
  return error instanceof StatusError && REFUSALS.has(error.code);
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

async function typed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw failure(ErrorReason.PRECONDITION, `${OP}: the lease cannot be written down: ${wordsOf(error)}`, {}, error);
  }
}
