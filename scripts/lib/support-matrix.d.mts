// SPDX-License-Identifier: Apache-2.0

export type Platform = "linux" | "windows" | "macos";
export type Support = "yes" | "unseen" | "not yet" | "never";

/** One row: what psutil calls it, where the SDK has it ("host.pids"), which RPC answers it. Null: there is none. */
export interface Row {
  readonly id: string;
  readonly psutil: string | null;
  readonly hostscope: string | null;
  readonly rpc: string | null;
  /** What it is on a platform where no test proves it. */
  readonly otherwise: { readonly [P in Platform]?: Exclude<Support, "yes"> };
}

export interface Section<R extends Row = Row> {
  readonly title: string;
  readonly rows: readonly R[];
}

export type Proofs = Readonly<Record<string, readonly string[]>>;

export function supportSections(): Section[];
export function proofsOf(platform: Platform): Proofs;
export function problemsOf(sections: readonly Section[], proofs: Readonly<Record<Platform, Proofs>>): string[];
export function supportMatrix(): Section<Row & { readonly status: Readonly<Record<Platform, Support>> }>[];
export function supportPages(): { readonly path: string; readonly text: string; readonly made: string }[];
