// SPDX-License-Identifier: Apache-2.0

import { CommitSignalRequestSchema, PreviewSignalRequestSchema } from "@hostscope/proto/gen/process_select";
import { type CallOptions, checkOptions, describe } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { FailedPrecondition, InvalidArgument } from "../errors.ts";
import {
  decodeCommitSignalResponse,
  decodePreviewSignalResponse,
  type PreviewSignalResponse,
  type SelectedProcess,
} from "../gen/hostscope/v1/process_select_plain.ts";
import type { ControlTarget } from "../gen/hostscope/v1/process_tree_plain.ts";
import { METHODS } from "../methods.ts";
import { checkMutation, type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import { type Signal, signalNumber } from "./signal-numbers.ts";

/** Which processes are meant. All conditions that are given must hold; at least one is required, and none may be empty. */
export interface ProcessSelector {
  /** Its name, its executable's file name or its first argument, exactly. */
  readonly name?: string | undefined;
  /** Name of its real user, exactly. */
  readonly username?: string | undefined;
  /** A part of its command line, the arguments joined by blanks. */
  readonly cmdline?: string | undefined;
}

/** What Host.previewSignal takes. */
export interface PreviewSignalOptions extends CallOptions {
  /** How many processes may be meant; more than these cannot be signalled. From 1 to 10,000. @default 1 */
  readonly maxMatches?: number | undefined;
}

const CONDITIONS = ["name", "username", "cmdline"] as const;
const MOST_MATCHES = 10_000;

/** Whom a selector means, and the right to signal exactly those, once and within a minute. */
export class SignalPreview {
  /** All that match, ascending by pid; the commit leaves out those that are `protected`. */
  readonly matches: readonly SelectedProcess[];
  /** The signal's number on the host. */
  readonly signal: number;
  /** Whether commit() can act: there are matches, and no more than maxMatches. */
  readonly committable: boolean;
  readonly #connection: Connection;
  readonly #token: string | null;
  readonly #maxMatches: number;

  /** @internal Previews come from Host.previewSignal(). */
  constructor(connection: Connection, { matches, token }: PreviewSignalResponse, signal: number, maxMatches: number) {
    this.#connection = connection;
    this.#token = token;
    this.#maxMatches = maxMatches;
    this.matches = matches;
    this.signal = signal;
    this.committable = token !== null;
  }

  /**
   * Sends the signal to exactly the processes of the preview, and tells what became of each, in their order. Processes that
   * came since are not met, those that ended are "gone". FailedPrecondition if there were none or too many, or if the
   * preview was committed before or is older than a minute.
   */
  async commit(options?: MutationOptions): Promise<ControlTarget[]> {
    checkMutation("SignalPreview.commit", options);
    if (this.#token === null) {
      const found = `${this.matches.length} processes match, and ${this.#maxMatches} may`;
      throw new FailedPrecondition(`SignalPreview.commit: ${found}`, { host: this.#connection.target });
    }
    const { targets } = await this.#connection.unary({
      method: METHODS.commitSignal,
      request: encode(CommitSignalRequestSchema, { token: this.#token, mutation: wireMutation(options) }),
      decode: decodeCommitSignalResponse,
      options,
    });
    return targets;
  }
}

/** One Process.PreviewSignal. */
export async function previewSignal(
  connection: Connection,
  selector: ProcessSelector,
  signal: Signal,
  options: PreviewSignalOptions | undefined,
): Promise<SignalPreview> {
  checkOptions("Host.previewSignal", options, ["maxMatches"]);
  const conditions = conditionsOf(selector);
  const maxMatches = options?.maxMatches ?? 1;
  if (!Number.isInteger(maxMatches) || maxMatches < 1 || maxMatches > MOST_MATCHES) {
    const range = `a whole number from 1 to ${MOST_MATCHES}`;
    throw new InvalidArgument(`Host.previewSignal: maxMatches must be ${range}, not ${describe(maxMatches)}`);
  }
  const limits = { timeoutMs: options?.timeoutMs, signal: options?.signal };
  const number = await signalNumber(connection, "Host.previewSignal", signal, limits);
  const answer = await connection.unary({
    method: METHODS.previewSignal,
    request: encode(PreviewSignalRequestSchema, { selector: conditions, signal: number, maxMatches }),
    decode: decodePreviewSignalResponse,
    options,
  });
  return new SignalPreview(connection, answer, number, maxMatches);
}

/** A selector with what is given and nothing else. Throws InvalidArgument for one that could mean every process. */
function conditionsOf(selector: ProcessSelector): { name?: string; username?: string; cmdline?: string } {
  if (typeof selector !== "object" || selector === null) {
    throw new InvalidArgument(`Host.previewSignal takes { name, username, cmdline }, not ${describe(selector)}`);
  }
  const conditions: { name?: string; username?: string; cmdline?: string } = {};
  for (const [key, value] of Object.entries(selector) as [string, unknown][]) {
    const condition = CONDITIONS.find((known) => known === key);
    // A misspelt condition would mean more processes than were meant.
    if (condition === undefined) throw new InvalidArgument(`Host.previewSignal: there is no condition "${key}"`);
    if (value === undefined) continue;
    if (typeof value !== "string" || value === "") {
      throw new InvalidArgument(`Host.previewSignal: ${key} must be text that is not empty, not ${describe(value)}`);
    }
    conditions[condition] = value;
  }
  if (Object.keys(conditions).length === 0) {
    throw new InvalidArgument("Host.previewSignal: a selector needs a name, username or cmdline");
  }
  return conditions;
}
