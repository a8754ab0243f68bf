// SPDX-License-Identifier: Apache-2.0

/** What is wrong with a policy or with cases for one, and where: "policy.yaml:7:12: there is no permission ...". */
export class PolicyError extends Error {
  readonly file: string;
  /** Counted from 1; null if it is about the file as a whole. */
  readonly line: number | null;
  /** Counted from 1. */
  readonly column: number | null;

  constructor(file: string, at: { line: number; column: number } | null, what: string, options?: ErrorOptions) {
    super(at === null ? `${file}: ${what}` : `${file}:${at.line}:${at.column}: ${what}`, options);
    this.name = "PolicyError";
    this.file = file;
    this.line = at?.line ?? null;
    this.column = at?.column ?? null;
  }
}
