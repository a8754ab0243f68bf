// SPDX-License-Identifier: Apache-2.0

import { AgentStartError } from "../agent-start-error.ts";
import { ListenCounts } from "../listen/listen-counts.ts";
import type { Logger } from "../log.ts";
import { Reloader } from "./reloader.ts";
import { readTlsMaterial, type TlsFiles, type TlsMaterial } from "./server-certificate.ts";
import { readTokenFile } from "./token-file.ts";
import type { TokenTable } from "./token-table.ts";

/** Files that an agent is told to trust by. */
export interface TrustFiles {
  readonly tls: TlsFiles | null;
  /** Tokens; null: none are taken. */
  readonly tokens: string | null;
}

/** Whom an agent trusts, as its files say now. */
export interface Trust {
  /** Null: it serves no TLS. */
  readonly tls: TlsMaterial | null;
  /** Null: it takes no tokens. */
  readonly tokens: TokenTable | null;
  /** Takes over what changes in the files. */
  readonly reloader: Reloader;
  readonly counts: ListenCounts;
}

/** Reads the files for the first time, and looks after them from then on. Throws AgentStartError. */
export function openTrust(files: TrustFiles, logger: Logger): Trust {
  const counts = new ListenCounts();
  const reloader = new Reloader(logger, counts);
  const trust: { -readonly [K in keyof Trust]: Trust[K] } = { tls: null, tokens: null, reloader, counts };
  const { tls, tokens } = files;
  try {
    if (tls !== null) {
      const load = () => {
        trust.tls = readTlsMaterial(tls, trust.tls);
      };
      reloader.add({ name: "tls", paths: [tls.cert, tls.key, ...(tls.clientCa === null ? [] : [tls.clientCa])], load });
    }
    if (tokens !== null) {
      const load = () => {
        trust.tokens = readTokenFile(tokens);
      };
      reloader.add({ name: "tokens", paths: [tokens], load });
    }
  } catch (cause) {
    reloader.close();
    throw new AgentStartError("credentials", cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return trust;
}
