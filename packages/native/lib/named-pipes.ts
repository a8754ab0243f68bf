// SPDX-License-Identifier: Apache-2.0

import type { PipePeer } from "./addon.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";
import { answerOf } from "./native-failure.ts";

/** One connection over a named pipe. */
export interface AcceptedPipe {
  /** Gives the connection to Node, as the number of a descriptor. Once. */
  descriptor(): number;
  /** Who is there. Only after something was read from it: Windows does not tell before. */
  peer(): PipePeer;
  /** Frees what peer() needs. The descriptor is closed by whoever has it. */
  close(): void;
}

/** Named pipes of Windows. Each call fails with StatusError: UNIMPLEMENTED where there are none, and others. */
export interface NamedPipes {
  /**
   * Serves one, on this machine only, to this user, administrators and the system, and a group by its SID. Fails with
   * FAILED_PRECONDITION if somebody serves that name already.
   */
  serve(name: string, group: string | null, onConnection: (connection: AcceptedPipe) => void): { close(): void };
  /** This process's own user and groups. */
  ownIdentity(): PipePeer;
}

/** Loads what serves named pipes. Fails with UNAVAILABLE if there is no addon for this platform. */
export function loadNamedPipes(loader?: AddonLoader): NamedPipes {
  const addon = loadAddon(loader);
  return {
    serve: (name, group, onConnection) =>
      answerOf(
        addon.servePipe(name, group ?? "", (connection) =>
          onConnection({
            descriptor: () => answerOf(connection.descriptor()),
            peer: () => answerOf(connection.peer()),
            close: () => connection.close(),
          }),
        ),
      ),
    ownIdentity: () => answerOf(addon.ownIdentity()),
  };
}
