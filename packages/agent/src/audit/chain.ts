// SPDX-License-Identifier: Apache-2.0

import { createHash } from "node:crypto";
import { escapeUnsafe } from "../safe-text.ts";

/** What stands before the first record of the first file. */
export const FIRST = "0".repeat(64);

/** What every record says, beside its hash. */
export interface ChainedRecord {
  /** Number of the record, from 1, one more than the one before. */
  readonly seq: number;
  /** Hash of the record before. */
  readonly prev: string;
  readonly [key: string]: unknown;
}

/** Where a chain of records has got to. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

const HASH_PART = /,"hash":"([0-9a-f]{64})"\}$/;

/**
 * The line of the record that comes after `end`, without its newline, and the new end. The hash is of the text in front
 * of it, which holds the hash of the record before: no record can be changed, left out or put in without breaking the
 * chain from there on.
 */
export function chain(end: ChainEnd, fields: Readonly<Record<string, unknown>>): { line: string; end: ChainEnd } {
  const record: ChainedRecord = { seq: end.seq + 1, ...fields, prev: end.hash };
  const text = escapeUnsafe(JSON.stringify(record)).slice(0, -1);
  const hash = hashOf(text);
  return { line: `${text},"hash":"${hash}"}`, end: { seq: record.seq, hash } };
}

/** Reads a line; null if it is no record, or its hash is not that of its text. */
export function readRecord(line: string): { record: ChainedRecord; hash: string } | null {
  const match = HASH_PART.exec(line);
  const hash = match?.[1];
  if (match === null || hash === undefined) return null;
  if (hashOf(line.slice(0, match.index)) !== hash) return null;
  try {
    const record: unknown = JSON.parse(line);
    return isRecord(record) ? { record, hash } : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is ChainedRecord {
  if (typeof value !== "object" || value === null) return false;
  const { seq, prev } = value as Partial<ChainedRecord>;
  return Number.isSafeInteger(seq) && typeof prev === "string";
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
