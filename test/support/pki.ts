// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Authority,
  makeAuthority,
  makeCertificate,
  type Purpose,
} from "../../packages/agent/src/commands/certificate-maker.ts";

const DAY = 86_400_000;

/** Paths of a certificate's files, as open() takes them. */
export interface CertificateFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is to be like. */
export interface Wish {
  readonly names: readonly string[];
  readonly purpose?: Purpose;
  /** Days until it ends; negative: it has ended. @default 1 */
  readonly days?: number;
}

/** An authority of one test, with a folder for what it signs. */
export class Pki implements Disposable {
  readonly folder: string;
  readonly #authority: Authority;

  private constructor(authority: Authority) {
    this.folder = mkdtempSync(join(tmpdir(), "hostscope-pki-"));
    this.#authority = authority;
  }

  static async create(): Promise<Pki> {
    return new Pki(await makeAuthority("test authority", new Date(Date.now() + 10 * DAY)));
  }

  /** The authority's certificate, PEM. */
  get pem(): string {
    return this.#authority.pem;
  }

  /** Makes a certificate in a folder of its own; one that is there is replaced, each file at once. */
  async issue(folder: string, wish: Wish): Promise<CertificateFiles> {
    const { pem, keyPem } = await this.make(wish);
    const path = join(this.folder, folder);
    mkdirSync(path, { recursive: true });
    const files = { ca: join(path, "ca.crt"), cert: join(path, "tls.crt"), key: join(path, "tls.key") };
    replaceFile(files.ca, this.pem);
    replaceFile(files.key, keyPem);
    replaceFile(files.cert, pem);
    return files;
  }

  /** Makes a certificate. */
  async make({ names, purpose = "client", days = 1 }: Wish): Promise<{ pem: string; keyPem: string }> {
    return makeCertificate(this.#authority, purpose, names, new Date(Date.now() + days * DAY));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes a file anew and puts it in its place. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The flags of an agent with these files, and with a policy that lets clients of these names do everything. */
export function tlsFlags({ ca, cert, key }: CertificateFiles, ...owners: readonly string[]): string[] {
  const policy = `${cert}.policy.yaml`;
  const bindings = owners.map((name) => `  - { to: { dns: ${name} }, roles: [owner] }\n`);
  writeFileSync(policy, `version: 1\nbindings:\n${bindings.join("")}`, { mode: 0o600 });
  return ["--tls-cert", cert, "--tls-key", key, "--client-ca", ca, "--policy", policy];
}
