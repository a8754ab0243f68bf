// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, MAX_TIMEOUT_MS } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { Cancelled, DeadlineExceeded, HostUnreachable, NoSuchProcess, TimeoutExpired } from "../errors.ts";
import { decodePopenResponse, type PopenResponse } from "../gen/hostscope/v1/popen_plain.ts";
import { METHODS } from "../methods.ts";
import { Process, type WaitOptions } from "../process/process.ts";
import { ProcessReads } from "../process/reads.ts";
import { remember } from "../process/wait.ts";
import { secondsOf } from "../process/wait-refs.ts";
import { PopenInput } from "./input.ts";
import { type PopenOptions, startOf } from "./options.ts";
import { PopenOutput } from "./output.ts";

/** What Popen.communicate gives. */
export interface Communicated {
  /** All of the standard output that was not read before. */
  readonly stdout: Uint8Array;
  /** The same of the standard error. */
  readonly stderr: Uint8Array;
}

/** One call as Popen holds it. */
interface Running {
  readonly messages: AsyncGenerator<PopenResponse, void, undefined>;
  readonly stdin: PopenInput;
  readonly abort: AbortController;
  /** Fires when the call is given up, by whomever. */
  readonly signal: AbortSignal;
  readonly options: PopenOptions;
}

/** Milliseconds that close() waits for the end of the process; the host kills it after one second. */
const CLOSE_SECONDS = 5;

/**
 * A process that this program started on the host: a Process with its standard streams. psutil's Popen, which is
 * subprocess's. It ends with `close()`, with the Host and with the connection, unless it is detached.
 */
export class Popen extends Process implements AsyncDisposable {
  /** What was started. */
  readonly args: readonly string[];
  /** Its standard input. */
  readonly stdin: PopenInput;
  /** Its standard output. */
  readonly stdout = new PopenOutput();
  /** Its standard error. */
  readonly stderr = new PopenOutput();
  readonly #running: Running;
  readonly #ended: Promise<number | null>;
  #returncode: number | null = null;

  /** @internal Popens come from Host.popen(). */
  constructor(reads: ProcessReads, args: readonly string[], running: Running) {
    super(reads);
    this.args = args;
    this.stdin = running.stdin;
    this.#running = running;
    const { host } = reads.owner;
    const given = () => this.#finish(new Cancelled(`the Popen of process ${this.pid} on ${host} was closed`, { host }));
    running.signal.addEventListener("abort", given, { once: true });
    this.#ended = this.#read();
    // Whoever waits is told; nobody need.
    this.#ended.catch(() => {});
  }

  /** Exit code, or the negative number of the signal that ended it; null as long as its end is not known here. */
  get returncode(): number | null {
    return this.#returncode;
  }

  /** The same, as subprocess calls it. */
  poll(): number | null {
    return this.#returncode;
  }

  /**
   * Waits until it has ended and its outputs, too. Read them meanwhile, or use communicate(): what nobody reads may hold
   * the process up. TimeoutExpired if it does not end within `timeout` seconds.
   */
  override async wait(options?: WaitOptions): Promise<number | null> {
    checkOptions("Popen.wait", options, ["timeout"]);
    const seconds = secondsOf("Popen.wait", options?.timeout);
    const { owner } = Process.readsOf(this);
    return within(this.#ended, {
      ms: seconds === null ? options?.timeoutMs : seconds * 1000,
      signal: options?.signal,
      late: () => {
        const facts = { ...owner, seconds };
        const message = `process ${this.pid} on ${facts.host} has not ended within ${seconds ?? "the call's"} s`;
        return seconds === null ? new DeadlineExceeded(message, facts) : new TimeoutExpired(message, facts);
      },
    });
  }

  /** Writes `input` if there is any, closes the standard input, and reads both outputs until the process has ended. */
  async communicate(input?: Uint8Array | string, options?: WaitOptions): Promise<Communicated> {
    const writing = (input === undefined ? Promise.resolve() : this.stdin.write(input))
      .catch((error: unknown) => {
        // Not to read to the end is the process's right.
        if (!(error instanceof NoSuchProcess)) throw error;
      })
      .finally(() => this.stdin.end());
    const [stdout, stderr] = await Promise.all([this.stdout.bytes(), this.stderr.bytes(), writing, this.wait(options)]);
    return { stdout, stderr };
  }

  /** Ends the process with its group, unless it is detached or has ended, and frees its streams. Safe to call twice. */
  async close(): Promise<void> {
    this.#running.abort.abort();
    await this.#ended.catch(() => {});
    if (this.#running.options.detached !== true && this.#returncode === null) {
      await super.wait({ timeout: CLOSE_SECONDS }).catch(() => {});
    }
  }

  /** close(), for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #read(): Promise<number | null> {
    const { messages, options } = this.#running;
    try {
      for await (const { stdout, stderr, exit } of messages) {
        if (stdout !== null && options.stdout !== "ignore") {
          await this.stdout.push(stdout);
        }
        if (stderr !== null && options.stderr !== "ignore") {
          await this.stderr.push(stderr);
        }
        if (exit !== null) {
          this.#returncode = remember(Process.readsOf(this), exit.returncode);
          this.#finish(null);
          return exit.returncode;
        }
      }
      const { host } = Process.readsOf(this).owner;
      throw new HostUnreachable(`${host} ended the call without telling how process ${this.pid} ended`, { host });
    } catch (error) {
      this.#finish(error);
      throw error;
    }
  }

  #finish(error: unknown): void {
    this.stdin.close(error);
    this.stdout.end(error);
    this.stderr.end(error);
  }
}

/** Host.popen. */
export async function startPopen(
  connection: Connection,
  args: readonly string[],
  options: PopenOptions = {},
): Promise<Popen> {
  const start = startOf(args, options);
  const stdin = new PopenInput();
  const abort = new AbortController();
  const { signal: given, timeoutMs } = options;
  const signal = given === undefined ? abort.signal : AbortSignal.any([given, abort.signal]);
  const call: { options: CallOptions; method: typeof METHODS.popen; decode: typeof decodePopenResponse } = {
    method: METHODS.popen,
    decode: decodePopenResponse,
    options: { timeoutMs: MAX_TIMEOUT_MS, signal },
  };
  const messages = connection.bidi(call, stdin.requests({ case: "start", value: start }));
  try {
    const first = await within(messages.next(), {
      ms: timeoutMs ?? connection.timeoutMs,
      signal: undefined,
      late: () =>
        new DeadlineExceeded(`Process.Popen on ${connection.target} did not start within the time`, {
          host: connection.target,
        }),
    });
    const ref = first.done === true ? null : first.value.started;
    if (ref === null) {
      throw new HostUnreachable(`${connection.target} did not start the process`, { host: connection.target });
    }
    return new Popen(new ProcessReads(connection, ref), [...args], { messages, stdin, abort, signal, options });
  } catch (error) {
    abort.abort();
    stdin.close(error);
    throw error;
  }
}

interface Bounds {
  readonly ms: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly late: () => Error;
}

/** What comes of the work, if it comes in time. */
async function within<T>(work: Promise<T>, { ms, signal, late }: Bounds): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const bounds = new Promise<never>((_, reject) => {
    if (ms !== undefined) {
      timer = setTimeout(() => reject(late()), Math.min(Math.max(0, ms), 2 ** 31 - 1));
    }
    stop = () => reject(new Cancelled("given up by the caller", { cause: signal?.reason }));
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, bounds]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
