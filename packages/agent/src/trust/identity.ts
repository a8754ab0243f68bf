// SPDX-License-Identifier: Apache-2.0

import type { Metadata, ServerInterceptingCallInterface } from "@grpc/grpc-js";

/** Who calls, as far as the connection or a token proves it. Nothing here is a claim of the caller's own. */
export type Identity =
  /** A process of this machine, by the kernel's word. `pid` is for logs only: it may name another process by now. */
  | {
      readonly kind: "unix";
      readonly uid: number;
      readonly gid: number;
      readonly groups: readonly number[];
      readonly pid: number | null;
    }
  /** A process of this machine, by Windows' word: SIDs of its user and of the groups that count for it. */
  | { readonly kind: "pipe"; readonly sid: string; readonly groups: readonly string[]; readonly pid: number | null }
  /** Holder of a client certificate. `names` are its SANs, "spiffe://..." and "dns:...", never the common name. */
  | {
      readonly kind: "mtls";
      readonly names: readonly string[];
      readonly fingerprint: string;
      readonly expiresAt: Date;
    }
  /** Holder of a bearer token, by the name the token file gives it. */
  | {
      readonly kind: "token";
      readonly name: string;
      readonly roles: readonly string[];
      readonly expiresAt: Date | null;
    }
  /** TCP on a loopback address, for development: any user of this machine. */
  | { readonly kind: "loopback" };

/** Who makes one call, and over which connection. */
export interface Caller {
  readonly identity: Identity;
  /** Address of the other side, for logs. */
  readonly peer: string;
  /** Number of the connection, unique in the life of the agent. */
  readonly connection: number;
}

/** What a server interceptor has when a call's metadata arrives. */
export interface CallAtHand {
  readonly call: Pick<ServerInterceptingCallInterface, "getConnectionInfo">;
  readonly metadata: Metadata;
}

/** Tells who makes a call. Throws a StatusError UNAUTHENTICATED if nobody can be told, or a token is wrong. */
export type CallerOf = (call: CallAtHand) => Caller;
