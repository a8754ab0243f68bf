// SPDX-License-Identifier: Apache-2.0

import { type DescMessage, type DescMethod, fromBinary, type Message } from "@bufbuild/protobuf";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { type PopenResponse, PopenResponseSchema } from "@hostscope/proto/gen/popen";
import { Guarantee } from "@hostscope/proto/gen/process_control";
import { ControlOutcome, type ControlTarget } from "@hostscope/proto/gen/process_tree";
import { refFields } from "./ref-fields.ts";

/** What a call did, by its own answer. */
export interface CallOutcome {
  /** How surely it met the process, where it named one. */
  readonly guarantee?: string;
  /** What it started. */
  readonly started?: unknown;
  /** Those that it met, where they were many: the first of them. */
  readonly targets?: readonly unknown[];
  /** How many they were. */
  readonly met?: number;
}

// A record must not grow with the tree that was killed.
const MOST_TARGETS = 24;
const MAX_BYTES = 4 * 1024 * 1024;

type Loose = Message & { readonly guarantee?: Guarantee; readonly targets?: readonly ControlTarget[] };

/**
 * Reads an answer for the audit log, which must say who was met. Of all answers only those of calls that change something
 * are looked into, and of Popen's only the first. Null if it says nothing, or cannot be read.
 */
export function readOutcome(output: DescMethod["output"], bytes: unknown): CallOutcome | null {
  if (!(bytes instanceof Uint8Array) || bytes.length > MAX_BYTES) return null;
  let message: Message;
  try {
    message = fromBinary(output as DescMessage, bytes, { readUnknownFields: false });
  } catch {
    return null;
  }
  if (output.typeName === PopenResponseSchema.typeName) {
    const { kind } = message as PopenResponse;
    return kind.case === "started" ? { started: refFields(kind.value as ProcessRef) } : null;
  }
  const { guarantee, targets } = message as Loose;
  return {
    ...(guarantee === undefined ? {} : { guarantee: wordOf(Guarantee, guarantee) }),
    ...(targets === undefined ? {} : { met: targets.length, targets: targets.slice(0, MOST_TARGETS).map(target) }),
  };
}

function target({ ref, outcome, guarantee }: ControlTarget): unknown {
  return {
    ...refFields(ref),
    outcome: wordOf(ControlOutcome, outcome),
    guarantee: wordOf(Guarantee, guarantee),
  };
}

function wordOf(words: Readonly<Record<string, number>>, value: number): string {
  const found = Object.entries(words).find(([, number]) => number === value);
  return found?.[0].toLowerCase() ?? String(value);
}
