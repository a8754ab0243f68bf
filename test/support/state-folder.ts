// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A state directory for collectors and agents of one test, so that nothing of it meets the machine's own. */
export function stateFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "hostscope-state-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
