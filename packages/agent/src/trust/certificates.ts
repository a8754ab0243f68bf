// SPDX-License-Identifier: Apache-2.0

import { X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const MOST = 1_000;

/** The certificates of a PEM file, in order. Throws an Error if there are none, or one that cannot be read. */
export function parseCertificates(pem: Buffer): X509Certificate[] {
  const blocks = pem.toString("latin1").match(BLOCK) ?? [];
  if (blocks.length === 0) throw new Error("has no certificate in PEM form");
  if (blocks.length > MOST) throw new Error(`has more than ${MOST} certificates`);
  return blocks.map((block, at) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw new Error(`has a certificate that cannot be read, the ${at + 1}. one`, { cause });
    }
  });
}

/** Whether `issuer` signed a certificate, by names, key usage and signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that this OpenSSL does not know.
    return false;
  }
}

/** Whether a certificate's time has begun and is not over. */
export function isInTime(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now < Date.parse(certificate.validTo);
}

// Longer chains than any real one; a loop of issuers ends, too.
const LONGEST_CHAIN = 8;

/**
 * Whether a chain, leaf first, leads to one of the authorities, and all of it is in time. The authorities that the chain
 * itself brings count for nothing: only those given do.
 */
export function leadsTo(
  chain: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  now: number,
): boolean {
  const [leaf, ...others] = chain;
  let current = leaf;
  for (let depth = 0; current !== undefined && depth < LONGEST_CHAIN; depth++) {
    const certificate: X509Certificate = current;
    if (!isInTime(certificate, now)) return false;
    if (authorities.some((authority) => isInTime(authority, now) && isIssuedBy(certificate, authority))) return true;
    current = others.find((other) => other.ca && other !== certificate && isIssuedBy(certificate, other));
  }
  return false;
}

/** A certificate as the peer sent it, with those it sent for its issuers. */
export function chainOf(leaf: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current: X509Certificate | undefined = leaf;
  while (current !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(current);
    const next: X509Certificate | undefined = current.issuerCertificate;
    current = next === current ? undefined : next;
  }
  return chain;
}
