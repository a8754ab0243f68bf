// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";

type Unary = (method: MethodDescriptor, request: Uint8Array, options: CallOptions) => Promise<Uint8Array>;
type Stream = (method: MethodDescriptor, request: Uint8Array, options: CallOptions) => AsyncIterable<Uint8Array>;
type Bidi = (
  method: MethodDescriptor,
  requests: AsyncIterable<Uint8Array>,
  options: CallOptions,
) => AsyncIterable<Uint8Array>;

/** What a spec wants a transport to do; the rest answers UNIMPLEMENTED. */
export interface FakeBehaviour {
  unary?: Unary;
  serverStream?: Stream;
  bidiStream?: Bidi;
}

/** A transport that does what a spec says, and remembers whether it was closed. */
export function fakeTransport(behaviour: FakeBehaviour): Transport & { closed: boolean } {
  const unimplemented = () => {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "not faked");
  };
  return {
    closed: false,
    unary: behaviour.unary ?? unimplemented,
    serverStream: behaviour.serverStream ?? unimplemented,
    bidiStream: behaviour.bidiStream ?? unimplemented,
    async close() {
      this.closed = true;
    },
  };
}

/** Never resolves; rejects with CANCELLED when the signal fires, unless `deaf`. */
export function untilAborted(signal: AbortSignal | undefined, deaf = false): Promise<never> {
  return new Promise((_, reject) => {
    if (!deaf) signal?.addEventListener("abort", () => reject(new StatusError(StatusCode.CANCELLED, "aborted")));
  });
}
