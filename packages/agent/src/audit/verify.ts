// SPDX-License-Identifier: Apache-2.0

import { open } from "node:fs/promises";
import { FIRST, readRecord } from "./chain.ts";

/** What a chain of audit files shows. */
export interface Verification {
  readonly records: number;
  readonly first: number;
  readonly last: number;
  readonly lastHash: string;
  /** What breaks the chain, e.g. "audit.jsonl:17: this record was changed". Empty: nothing does. */
  readonly problems: readonly string[];
  /** What the records themselves say was lost, or not finished; and where a file begins in the middle of a chain. */
  readonly remarks: readonly string[];
}

const MOST_PROBLEMS = 20;

/** Checks files that follow each other, the oldest first. Throws if one cannot be read. */
export async function verifyAudit(paths: readonly string[]): Promise<Verification> {
  const problems: string[] = [];
  const remarks: string[] = [];
  const unfinished = new Map<string, string>();
  let end: { seq: number; hash: string } | null = null;
  let records = 0;
  let first = 0;
  const problem = (text: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push(text);
  };
  for (const path of paths) {
    let number = 0;
    for await (const line of linesOf(path)) {
      number += 1;
      const place = `${path}:${number}`;
      const read = line.whole ? readRecord(line.text) : null;
      if (read === null) {
        problem(`${place}: ${line.whole ? "this record was changed" : "this record is torn"}`);
        continue;
      }
      const { record, hash } = read;
      if (end === null && record.prev !== FIRST) remarks.push(`${place}: earlier records are in another file`);
      // A new chain may begin only where an agent did.
      const restarts = record.prev === FIRST && record.seq === 1;
      if (end !== null && (record.prev !== end.hash || record.seq !== end.seq + 1)) {
        if (restarts) problem(`${place}: another chain begins here: the file before is not the one it followed`);
        else problem(`${place}: records are missing before this one, after number ${end.seq}`);
      }
      if (records === 0) first = record.seq;
      records += 1;
      end = { seq: record.seq, hash };
      const id = typeof record.id === "string" ? record.id : null;
      if (record.phase === "intent" && id !== null) unfinished.set(id, place);
      if (record.phase === "result" && id !== null) unfinished.delete(id);
      if (record.phase === "gap") remarks.push(`${place}: ${Number(record.lost)} records were lost: ${record.why}`);
    }
  }
  for (const place of [...unfinished.values()].slice(0, MOST_PROBLEMS)) {
    remarks.push(`${place}: there is no result of this call: it may be in progress, or its agent was ended`);
  }
  return { records, first, last: end?.seq ?? 0, lastHash: end?.hash ?? FIRST, problems, remarks };
}

async function* linesOf(path: string): AsyncGenerator<{ text: string; whole: boolean }> {
  const handle = await open(path);
  try {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) yield { text, whole: true };
    }
    if (rest !== "") yield { text: rest, whole: false };
  } finally {
    await handle.close();
  }
}
