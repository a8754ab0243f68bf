// SPDX-License-Identifier: Apache-2.0

import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type MessageStream, StatusError, type StreamSource } from "@hostscope/proto";
import { type ProcessRef, ProcessRefSchema } from "@hostscope/proto/gen/common";
import {
  type PopenRequest,
  PopenRequestSchema,
  PopenResponseSchema,
  type PopenStart,
} from "@hostscope/proto/gen/popen";
import { takeRequest } from "./input-feed.ts";
import { OutputPump } from "./output-pump.ts";
import { invalid, systemError } from "./popen-error.ts";
import { planProgram } from "./program-plan.ts";
import { askToEnd, forceToEnd, killRestOfGroup, type Program, spawnProgram } from "./spawn-program.ts";

/** Bytes that the reader may be behind before the process is held up. */
const MOST_UNREAD = 256 * 1024;
/** Between the request to end and the end. */
const GRACE_MS = 1_000;
/** An exit code of 0 is what Node makes of signals that it has no name for; the kernel is asked. */
const CODE_MS = 100;
const LAST_SIGNAL = 64;

/** What a session needs of the collector. */
export interface PopenHost {
  /** Root of the host's files. */
  readonly rootfs: string;
  /** The encoded ref of a process, read at once; undefined if there is none. */
  refOf(pid: number): Uint8Array | undefined;
  /** The returncode of a process once it has ended; null if the kernel does not tell. */
  returncodeOf(ref: ProcessRef, signal: AbortSignal): Promise<number | null>;
  /** Sends a signal to a process, if it is still there; undefined where Node can do so itself. */
  readonly signal?: (ref: ProcessRef, number: number) => Promise<void>;
  /** Kills a process and all that descends from it. */
  killTree(ref: ProcessRef): Promise<unknown>;
}

type Kind = NonNullable<MessageInitShape<typeof PopenResponseSchema>["kind"]>;

/** One Popen: a process and its two directions. What it says goes to the stream, which says what was taken. */
export class PopenSession implements StreamSource {
  readonly #host: PopenHost;
  readonly #stream: MessageStream;
  readonly #requests: AsyncIterator<Uint8Array>;
  readonly #done = new AbortController();
  #program: Program | null = null;
  #ref: ProcessRef | null = null;
  #detached = false;
  #unread = 0;
  #roomy: (() => void)[] = [];
  /** Resolves when nothing of the session is left; a detached process may be. */
  readonly ended: Promise<void>;

  constructor(host: PopenHost, stream: MessageStream, requests: AsyncIterable<Uint8Array>) {
    this.#host = host;
    this.#stream = stream;
    this.#requests = requests[Symbol.asyncIterator]();
    this.ended = this.#run();
  }

  taken(bytes: number): void {
    this.#unread -= bytes;
    if (this.#unread <= MOST_UNREAD) for (const go of this.#roomy.splice(0)) go();
  }

  /** Ends the process, unless it is detached, and the session. With an error, the stream ends with it. */
  cancel(error?: StatusError): void {
    if (error !== undefined) this.#stream.end(error);
    this.#done.abort();
    for (const go of this.#roomy.splice(0)) go();
  }

  async #run(): Promise<void> {
    try {
      const start = await this.#unlessDone(this.#start());
      if (start === null) return;
      const program = await this.#unlessDone(this.#spawn(start));
      if (program !== null) await this.#serve(program.program, program.ref);
    } catch (error) {
      this.cancel(typed(error));
    } finally {
      this.#done.abort();
      // Not awaited: a client that says nothing must not keep the call.
      Promise.resolve(this.#requests.return?.()).catch(() => {});
      await this.#end();
    }
  }

  async #start(): Promise<PopenStart> {
    const first = await this.#requests.next();
    const kind = first.done === true ? undefined : decode(first.value).kind;
    if (kind?.case !== "start") throw invalid("start", "must be the first message");
    return kind.value;
  }

  async #spawn(start: PopenStart): Promise<{ program: Program; ref: ProcessRef } | null> {
    const plan = await planProgram(start, this.#host.rootfs);
    if (this.#done.signal.aborted) return null;
    const program = spawnProgram(plan);
    // In this very tick: Node collects it in a later one.
    const ref = program.pid === undefined ? undefined : this.#host.refOf(program.pid);
    for (const stream of program.stdio) stream?.on("error", () => {});
    if (program.pid === undefined) throw systemError((await once(program, "error"))[0], "start");
    program.on("error", () => {});
    this.#program = program;
    this.#detached = plan.detached;
    const found = ref === undefined ? create(ProcessRefSchema, { pid: BigInt(program.pid) }) : decodeRef(ref);
    this.#ref = found;
    this.#say({ case: "started", value: found });
    return { program, ref: found };
  }

  async #serve(program: Program, ref: ProcessRef): Promise<void> {
    const code = this.#host.returncodeOf(ref, this.#done.signal).catch(() => null);
    const pumps = (["stdout", "stderr"] as const).map(
      (which) => new OutputPump(program[which], (value) => this.#emit({ case: which, value })),
    );
    const exited = exitOf(program).then(([status, signal]) => {
      for (const pump of pumps) pump.processEnded();
      return returncode(status, signal, code);
    });
    this.#feed(program).catch((error: unknown) => this.cancel(typed(error)));
    const all = Promise.all([exited, ...pumps.map((pump) => pump.run())]);
    const result = await this.#unlessDone(all);
    if (result === null) return;
    this.#say({ case: "exit", value: { ref, ...(result[0] === null ? {} : { returncode: result[0] }) } });
    this.#stream.end();
  }

  /** Takes what the client says, until it says no more. */
  async #feed(program: Program): Promise<void> {
    while (!this.#done.signal.aborted) {
      const next = await this.#requests.next();
      if (next.done === true) break;
      await takeRequest(program, decode(next.value), (number) => this.#signal(program, number));
    }
    program.stdin.end();
  }

  /** Node knows when it has been collected; where it has no signals, the collector acts on the process of the ref. */
  async #signal(program: Program, number: number): Promise<void> {
    if (this.#host.signal === undefined || this.#ref === null) {
      if (number < 1 || number > LAST_SIGNAL) throw invalid("signal", `must be from 1 to ${LAST_SIGNAL}`);
      program.kill(number as unknown as NodeJS.Signals);
    } else if (program.exitCode === null) {
      await this.#host.signal(this.#ref, number);
    }
  }

  /** Leaves a detached process alone and ends any other: asks it first, with all that belong to its group. */
  async #end(): Promise<void> {
    const program = this.#program;
    if (program === null) return;
    program.stdin.destroy();
    const hasEnded = program.exitCode !== null || program.signalCode !== null;
    if (this.#detached && !hasEnded) {
      // It may go on writing; nobody reads it.
      for (const output of [program.stdout, program.stderr]) output.resume();
      program.unref();
      return;
    }
    for (const output of [program.stdout, program.stderr]) output.destroy();
    if (hasEnded) return;
    program.once("exit", () => killRestOfGroup(program));
    const exited = exitOf(program);
    const graceMs = askToEnd(program) ? GRACE_MS : 0;
    const timer = setTimeout(() => this.#kill(program), graceMs);
    await exited;
    clearTimeout(timer);
  }

  /** First all that descends from it, whatever group they have chosen: of one that is dead nobody descends. */
  async #kill(program: Program): Promise<void> {
    const late = sleep(GRACE_MS, null, { ref: false });
    const killing = this.#ref === null ? null : this.#host.killTree(this.#ref).catch(() => {});
    await Promise.race([killing, late]);
    forceToEnd(program);
  }

  #say(kind: Kind): void {
    const message = toBinary(PopenResponseSchema, create(PopenResponseSchema, { kind }));
    this.#unread += message.byteLength;
    if (this.#stream.push(message)) this.taken(message.byteLength);
  }

  async #emit(kind: Kind): Promise<void> {
    if (this.#done.signal.aborted) return;
    this.#say(kind);
    if (this.#unread > MOST_UNREAD) await new Promise<void>((go) => this.#roomy.push(go));
  }

  /** What comes of the work; null if the session is over before. */
  #unlessDone<T>(work: Promise<T | null>): Promise<T | null> {
    const { signal } = this.#done;
    return new Promise((resolve, reject) => {
      const stop = () => resolve(null);
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    });
  }
}

function typed(error: unknown): StatusError {
  return error instanceof StatusError ? error : systemError(error, "start");
}

type Exit = [status: number | null, signal: NodeJS.Signals | null];

function exitOf(program: Program): Promise<Exit> {
  return new Promise((resolve) => program.once("exit", (...exit) => resolve(exit)));
}

function decode(bytes: Uint8Array): PopenRequest {
  try {
    return fromBinary(PopenRequestSchema, bytes);
  } catch {
    throw invalid("", "the request cannot be read");
  }
}

function decodeRef(bytes: Uint8Array): ProcessRef {
  return fromBinary(ProcessRefSchema, bytes);
}

async function returncode(
  status: number | null,
  signal: NodeJS.Signals | null,
  told: Promise<number | null>,
): Promise<number | null> {
  if (signal !== null) return -constants.signals[signal];
  // Windows' codes are signed, as psutil has them: C0000005 is -1073741819.
  if (status !== 0) return status === null ? null : status | 0;
  const late = sleep(CODE_MS, null, { ref: false });
  return (await Promise.race([told, late])) ?? status;
}
