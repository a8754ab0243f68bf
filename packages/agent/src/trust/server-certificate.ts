// SPDX-License-Identifier: Apache-2.0

import { createPrivateKey, type KeyObject, type X509Certificate } from "node:crypto";
import { alternativeNames } from "./certificate-names.ts";
import { isInTime, isIssuedBy, leadsTo, parseCertificates } from "./certificates.ts";
import { readTrustFile } from "./trust-file.ts";

/** Files of an agent that serves TLS. */
export interface TlsFiles {
  /** Its certificate, and those between it and the authority, PEM. */
  readonly cert: string;
  /** Its private key, PEM, not encrypted. */
  readonly key: string;
  /** Authorities whose client certificates are admitted, PEM; null: callers need a token instead. */
  readonly clientCa: string | null;
}

/** What these files say, read together and found sound. */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly clientCa: Buffer | null;
  /** Leaf first. */
  readonly chain: readonly X509Certificate[];
  readonly authorities: readonly X509Certificate[];
}

const LEAST_RSA_BITS = 2048;
const LEAST_EC_BITS: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/**
 * Reads the files. `before` is what is in use: what comes in its place may be other, never weaker or of another name.
 * Throws an Error that says which file is wrong and why.
 */
export function readTlsMaterial(files: TlsFiles, before: TlsMaterial | null = null, now = Date.now()): TlsMaterial {
  const cert = readTrustFile(files.cert, "public");
  const chain = named(files.cert, () => parseCertificates(cert));
  const key = readTrustFile(files.key, "secret");
  named(files.cert, () => checkChain(chain, now));
  named(files.key, () => checkKey(key, chain[0] as X509Certificate));
  const clientCa = files.clientCa === null ? null : readTrustFile(files.clientCa, "public");
  const authorities = clientCa === null ? [] : named(files.clientCa ?? "", () => parseCertificates(clientCa));
  if (clientCa !== null) named(files.clientCa ?? "", () => checkAuthorities(authorities, now));
  const material: TlsMaterial = { cert, key, clientCa, chain, authorities };
  if (before !== null) named(files.cert, () => checkSuccessor(material, before, now));
  return material;
}

function checkChain(chain: readonly X509Certificate[], now: number): void {
  for (const [at, certificate] of chain.entries()) {
    if (!isInTime(certificate, now)) {
      const times = `valid from ${certificate.validFrom} to ${certificate.validTo}`;
      throw new Error(`has a certificate that is expired or not yet valid (${times})`);
    }
    const issuer = chain[at + 1];
    if (issuer !== undefined && !isIssuedBy(certificate, issuer)) {
      throw new Error("has certificates that do not follow from one another; the agent's own comes first");
    }
  }
  const leaf = chain[0] as X509Certificate;
  if (leaf.ca) throw new Error("begins with the certificate of an authority, not of a server");
  if (serverNames(leaf).length === 0) throw new Error("has no DNS name and no IP address as subject alternative name");
}

function checkKey(pem: Buffer, leaf: X509Certificate): void {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new Error("is no private key in PEM form, or is encrypted", { cause });
  }
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  const strong =
    type === "rsa"
      ? modulusLength >= LEAST_RSA_BITS
      : type === "ec"
        ? LEAST_EC_BITS.has(namedCurve)
        : type === "ed25519";
  if (!strong) throw new Error("is too weak or of an unknown kind: P-256, Ed25519 or RSA of 2048 bits are the least");
  if (!leaf.checkPrivateKey(key)) throw new Error("is not the key of the certificate");
}

function checkAuthorities(authorities: readonly X509Certificate[], now: number): void {
  if (authorities.some(({ ca }) => !ca)) throw new Error("has a certificate that is not an authority's");
  if (!authorities.some((authority) => isInTime(authority, now))) throw new Error("has no authority that is in time");
}

function checkSuccessor({ chain, authorities }: TlsMaterial, before: TlsMaterial, now: number): void {
  const names = new Set(serverNames(chain[0] as X509Certificate));
  const missing = serverNames(before.chain[0] as X509Certificate).find((name) => !names.has(name));
  if (missing !== undefined) throw new Error(`lacks the name ${missing}, which clients may know this agent by`);
  // Clients of a private authority trust no other. Its own end is no reason to stay with what it signed.
  const [old] = before.chain;
  const wasPrivate = old !== undefined && before.authorities.some((authority) => isIssuedBy(old, authority));
  const all = [...authorities, ...before.authorities];
  if (wasPrivate && !leadsTo(chain, all, now)) {
    throw new Error("comes from another authority than the client CA, unlike the certificate in use");
  }
}

/** Names that clients check: DNS names and addresses. */
function serverNames(certificate: X509Certificate): string[] {
  return alternativeNames(certificate)
    .filter(({ type }) => type === "DNS" || type === "IP Address")
    .map(({ value }) => value.toLowerCase());
}

function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${file} ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
