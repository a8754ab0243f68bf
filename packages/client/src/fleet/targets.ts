// SPDX-License-Identifier: Apache-2.0

import { describe } from "../call-options.ts";
import { type HostscopeError, InvalidArgument } from "../errors.ts";
import { parseTarget } from "../target.ts";
import { checkLabels, type Labels } from "./labels.ts";
import type { FleetTarget } from "./outcome.ts";

/** Hosts that a fleet can have. */
export const MOST_HOSTS = 10_000;

/** One host of a list: its target alone, or with labels. */
export type TargetEntry = string | { readonly target: string; readonly labels?: Labels | undefined };

/** Takes what a source finds. */
export interface TargetsObserver {
  /** The whole list as it is now. */
  update(entries: readonly TargetEntry[]): void;
  /** The list could not be read; the last one stands. */
  fail(error: HostscopeError): void;
}

/** Where a fleet gets its hosts from, now and when they change. fileTargets() and dnsTargets() make some. */
export interface TargetSource {
  /** Begins to look, and tells what it finds until the function it returns is called. Must not keep a program running. */
  watch(observer: TargetsObserver): () => void;
}

/** A host as a fleet keeps it. */
export interface KnownTarget extends FleetTarget {
  /** The same for all spellings of one target. */
  readonly key: string;
}

/** How strictly a list of hosts is read. */
export interface ListRules {
  /** Whether each target must be one that can be dialled. @default false: one bad line in a file costs that host, not all */
  readonly dial?: boolean | undefined;
  /** Whether targets in the clear may be on other machines. @default false */
  readonly insecure?: boolean | undefined;
  /** Whether of several entries for one host the first counts, as where one port stands for each. @default false */
  readonly twins?: boolean | undefined;
}

/**
 * Checks a list of hosts. Throws InvalidArgument for what is none, for more than 10,000, and for a host that stands in it
 * twice unless `twins` takes that.
 */
export function checkTargets(
  call: string,
  entries: readonly TargetEntry[],
  { dial = false, insecure = false, twins = false }: ListRules = {},
): KnownTarget[] {
  if (!Array.isArray(entries)) {
    throw new InvalidArgument(`${call} takes a list of targets or a source of them, not ${describe(entries)}`);
  }
  if (entries.length > MOST_HOSTS) {
    throw new InvalidArgument(`${call}: a fleet has at most ${MOST_HOSTS} hosts, not ${entries.length}`);
  }
  const known = new Map<string, KnownTarget>();
  for (const entry of entries) {
    const one = checkEntry(call, entry, dial, insecure);
    const twin = known.get(one.key);
    if (twin !== undefined && twins) {
      continue;
    }
    if (twin !== undefined) {
      const also = twin.target === one.target ? "" : ` (as ${describe(twin.target)} too)`;
      throw new InvalidArgument(`${call}: ${describe(one.target)} stands twice in the list${also}`);
    }
    known.set(one.key, one);
  }
  return [...known.values()];
}

function checkEntry(call: string, entry: TargetEntry, dial: boolean, insecure: boolean): KnownTarget {
  const { target, labels } =
    typeof entry === "string" ? { target: entry, labels: undefined } : ((entry ?? {}) as Exclude<TargetEntry, string>);
  if (typeof target !== "string" || target === "") {
    const example = '"grpc://127.0.0.1:7443" or { target: "grpc://127.0.0.1:7443", labels: { env: "prod" } }';
    throw new InvalidArgument(`${call}: an entry is ${example}, not ${describe(entry)}`);
  }
  return { key: keyOf(target, dial, insecure), target, labels: checkLabels(call, labels) };
}

function keyOf(target: string, dial: boolean, insecure: boolean): string {
  try {
    const parsed = parseTarget(target, insecure || !dial);
    return parsed.kind === "local" ? target : `${parsed.kind} ${parsed.address}`;
  } catch (error) {
    if (dial) {
      throw error;
    }
    return target;
  }
}
