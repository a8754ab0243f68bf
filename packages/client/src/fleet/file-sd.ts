// SPDX-License-Identifier: Apache-2.0

import { isIPv6 } from "node:net";
import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import type { Labels } from "./labels.ts";
import type { TargetEntry } from "./targets.ts";

/** How the addresses of Prometheus become targets. */
export interface AddressOptions {
  /** Port of the agents; replaces the one in each address. */
  readonly port?: number | undefined;
}

const KEYS = ["targets", "labels"];
/** As in Prometheus, labels that only steer the reading are not seen afterwards, and one without a text is none. */
const isVisible = ([name, value]: [string, string]) => !name.startsWith("__") && value !== "";

/**
 * Hosts of a parsed file in Prometheus's file_sd format: a list of `{ targets: [ADDRESS, ...], labels: { ... } }`.
 * Throws InvalidArgument for anything else, as Prometheus refuses a file as a whole.
 */
export function fileSdTargets(content: unknown, options: AddressOptions): TargetEntry[] {
  if (!Array.isArray(content)) {
    throw new InvalidArgument(`a list of target groups is expected, not ${describe(content)}`);
  }
  return content.flatMap((group: unknown, at) => groupTargets(group, `group ${at + 1}`, options));
}

function groupTargets(group: unknown, where: string, options: AddressOptions): TargetEntry[] {
  if (typeof group !== "object" || group === null || Array.isArray(group)) {
    throw new InvalidArgument(`${where} must be { targets: [...], labels: { ... } }, not ${describe(group)}`);
  }
  const unknown = Object.keys(group).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new InvalidArgument(`${where} has ${describe(unknown)}, which the format does not know`);
  }
  const given = group as { targets?: unknown; labels?: unknown };
  // "" is how YAML without types has a key that nothing follows.
  const targets = given.targets || [];
  const labels = given.labels || {};
  if (!Array.isArray(targets) || !targets.every((address) => typeof address === "string")) {
    throw new InvalidArgument(`${where}: targets must be a list of texts`);
  }
  if (typeof labels !== "object" || labels === null || Array.isArray(labels)) {
    throw new InvalidArgument(`${where}: labels must be texts by name, not ${describe(labels)}`);
  }
  const all = Object.entries(labels);
  for (const [name, value] of all) {
    if (typeof value !== "string") {
      throw new InvalidArgument(`${where}: label ${describe(name)} must be a text, not ${describe(value)}`);
    }
  }
  const scheme = (labels as Labels).__scheme__;
  const visible = Object.fromEntries((all as [string, string][]).filter(isVisible));
  return targets.map((address: string) => ({ target: targetOf(address, scheme, options), labels: visible }));
}

/**
 * What open() takes, of a Prometheus address (`__address__`): HOST:PORT is reached by gRPC, with TLS if the group's
 * `__scheme__` is "https". What is a target already stays one.
 */
export function targetOf(address: string, scheme: string | undefined, { port }: AddressOptions): string {
  // Also unix:/PATH and npipe:////./pipe/NAME; no port begins so.
  if (address === "local:" || address.includes(":/")) {
    return address;
  }
  const prefix = scheme === "https" ? "https" : "grpc";
  if (port === undefined) {
    return `${prefix}://${address}`;
  }
  const host = isIPv6(address) ? `[${address}]` : address.replace(/:\d*$/, "");
  return `${prefix}://${host}:${port}`;
}
