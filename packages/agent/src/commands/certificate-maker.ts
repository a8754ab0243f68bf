// SPDX-License-Identifier: Apache-2.0

// The library is built on decorators, and says that whoever uses it brings this.
import "reflect-metadata";
import { type KeyObject, randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

cryptoProvider.set(webcrypto as unknown as Crypto);

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
// Clocks of hosts differ a little.
const BEFORE_MS = 5 * 60_000;

/** A certificate with its private key. */
export interface Issued {
  readonly certificate: X509Certificate;
  /** The certificate, PEM. */
  readonly pem: string;
  /** The key, PKCS #8 in PEM. */
  readonly keyPem: string;
}

type CryptoKeyPair = webcrypto.CryptoKeyPair;
type Crypto = Parameters<typeof cryptoProvider.set>[0];

/** What signs certificates. */
export interface Authority {
  readonly certificate: X509Certificate;
  readonly signingKey: webcrypto.CryptoKey;
  /** The certificate, PEM. */
  readonly pem: string;
}

/** What a certificate is for. */
export type Purpose = "server" | "client";

/** A new authority, which signs agents and clients and no further authorities. */
export async function makeAuthority(name: string, until: Date): Promise<Issued & Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...times(until),
    serialNumber: serial(),
    name: [{ CN: [name] }],
    keys: keys as never,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey as never),
    ],
  });
  return { ...(await issued(certificate, keys)), signingKey: keys.privateKey };
}

/** A certificate of an authority's, with these DNS names, addresses and URIs, good for one purpose only. */
export async function makeCertificate(
  authority: Authority,
  purpose: Purpose,
  names: readonly string[],
  until: Date,
): Promise<Issued> {
  const keys = await newKeys();
  const usage = purpose === "server" ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth;
  const certificate = await X509CertificateGenerator.create({
    ...times(until),
    serialNumber: serial(),
    subject: [{ CN: [(names[0] ?? "").slice(0, 64)] }],
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey as never,
    signingKey: authority.signingKey as never,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage], false),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: typeOf(value), value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey as never),
      await AuthorityKeyIdentifierExtension.create(authority.certificate),
    ],
  });
  return issued(certificate, keys);
}

/** An authority that was written before. */
export async function importAuthority(pem: string, key: KeyObject): Promise<Authority> {
  const der = key.export({ type: "pkcs8", format: "der" });
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
  return { certificate: new X509Certificate(pem), signingKey, pem };
}

function typeOf(name: string): "dns" | "ip" | "url" {
  if (isIP(name) !== 0) return "ip";
  return name.includes("://") ? "url" : "dns";
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function times(until: Date): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - BEFORE_MS), notAfter: until };
}

/** Positive, as serial numbers are to be: the first bit of the first byte is 0. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

async function issued(certificate: X509Certificate, keys: CryptoKeyPair): Promise<Issued> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  const keyPem = `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`;
  return { certificate, pem: `${certificate.toString("pem")}\n`, keyPem };
}
