// SPDX-License-Identifier: Apache-2.0

import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { FleetTarget } from "./outcome.ts";

/** Labels of a host by name, such as `{ env: "prod", rack: "b7" }`. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Which hosts: those that have all these labels, each with this value or one of these values; or those that a function
 * says yes to.
 */
export type Selector =
  | Readonly<Record<string, string | readonly string[]>>
  | ((labels: Labels, target: string) => boolean);

/** Whether a selector takes a host. */
export type Takes = (host: FleetTarget) => boolean;

const MOST_LABELS = 64;
const LONGEST = 1024;

/** A copy of labels that nobody can change. Throws InvalidArgument for what are none. */
export function checkLabels(call: string, labels: unknown): Labels {
  if (labels === undefined) {
    return NONE;
  }
  if (!isRecord(labels)) {
    throw new InvalidArgument(`${call}: labels must be an object of texts, not ${describe(labels)}`);
  }
  const entries = Object.entries(labels);
  if (entries.length > MOST_LABELS) {
    throw new InvalidArgument(`${call}: a host has at most ${MOST_LABELS} labels, not ${entries.length}`);
  }
  for (const [name, value] of entries) {
    if (name === "" || name.length > LONGEST || typeof value !== "string" || value.length > LONGEST) {
      throw new InvalidArgument(
        `${call}: label ${describe(name)} must be a text of at most ${LONGEST} characters, not ${describe(value)}`,
      );
    }
  }
  // fromEntries and not assignment: a label may be called __proto__.
  return Object.freeze(Object.fromEntries(entries as [string, string][]));
}

/** What a selector means. Throws InvalidArgument for what is none. */
export function takes(selector: Selector): Takes {
  if (typeof selector === "function") {
    return ({ labels, target }) => selector(labels, target) === true;
  }
  if (!isRecord(selector)) {
    throw new InvalidArgument(
      `select takes labels, e.g. { env: "prod" }, or a function of labels, not ${describe(selector)}`,
    );
  }
  const wanted = Object.entries(selector).map(([name, value]) => [name, choices(name, value)] as const);
  return ({ labels }) =>
    wanted.every(([name, values]) => Object.hasOwn(labels, name) && values.has(labels[name] as string));
}

function choices(name: string, value: unknown): ReadonlySet<string> {
  const values = Array.isArray(value) ? value : [value];
  for (const one of values) {
    if (typeof one !== "string") {
      throw new InvalidArgument(`select: ${describe(name)} must be a text or a list of texts, not ${describe(one)}`);
    }
  }
  return new Set(values);
}

const NONE: Labels = Object.freeze({});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
