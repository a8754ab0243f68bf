// SPDX-License-Identifier: Apache-2.0

import type { X509Certificate } from "node:crypto";

// One name of Node's list: plain, or as a JSON string if it has characters that could be taken for another name.
const ENTRY = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/gy;
const DNS = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const SPIFFE = /^spiffe:\/\/[a-z0-9._-]{1,255}(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/;

/** One subject alternative name. */
export interface AlternativeName {
  /** As OpenSSL calls it: "DNS", "URI", "IP Address". */
  readonly type: string;
  readonly value: string;
}

/** The subject alternative names of a certificate. None if it has none, or if the list is not one that can be trusted. */
export function alternativeNames(certificate: Pick<X509Certificate, "subjectAltName">): AlternativeName[] {
  const text = certificate.subjectAltName ?? "";
  const names: AlternativeName[] = [];
  let end = 0;
  for (const match of text.matchAll(ENTRY)) {
    const [whole, type = "", value = ""] = match;
    names.push({ type, value: value.startsWith('"') ? unquoted(value) : value });
    end = match.index + whole.length;
  }
  // What could not be read to its end may hide anything.
  return end === text.length ? names : [];
}

/**
 * Names that a client is known by: SPIFFE ids as they are ("spiffe://corp.example/fleet"), DNS names as
 * "dns:grafana.corp.example". The common name never counts, nor does a wildcard, which is no single client.
 */
export function clientNames(certificate: Pick<X509Certificate, "subjectAltName">): string[] {
  return alternativeNames(certificate).flatMap(({ type, value }) => {
    if (type === "URI" && SPIFFE.test(value)) return [value];
    const lower = value.toLowerCase();
    return type === "DNS" && DNS.test(lower) ? [`dns:${lower}`] : [];
  });
}

function unquoted(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return "";
  }
}
