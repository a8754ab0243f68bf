// SPDX-License-Identifier: Apache-2.0

import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AgentStartError } from "../agent-start-error.ts";
import { safeText } from "../safe-text.ts";

const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * Checks that nobody but this user and root can put something else in the place of a file in `folder`. Gives the folder
 * without symbolic links. Throws AgentStartError.
 */
export function checkFolder(folder: string): string {
  let real: string;
  try {
    real = realpathSync(folder);
  } catch (cause) {
    throw refused(folder, "does not exist, or this user may not see it; make it first, owned by this user", cause);
  }
  const uid = process.geteuid?.() ?? 0;
  for (let path = real; ; path = dirname(path)) {
    const { mode, uid: owner } = statSync(path);
    if (owner !== uid && owner !== 0) throw refused(path, "belongs to another user, who could replace the socket");
    const writable = (mode & OTHERS_WRITE) !== 0;
    // In a folder like /tmp others can remove nothing, but they can be there first.
    if (writable && (path === real || (mode & STICKY) === 0)) {
      throw refused(path, "can be written by others, who could replace the socket; use a folder of mode 0750 or 0755");
    }
    if (path === dirname(path)) return real;
  }
}

function refused(path: string, why: string, cause?: unknown): AgentStartError {
  return new AgentStartError("unsafe_path", `${safeText(path, 200)} ${why}`, { cause });
}
