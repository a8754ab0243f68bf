// SPDX-License-Identifier: Apache-2.0

import type { ErrorCode } from "../errors.ts";

/** Why TLS did not come about, as far as this side can tell; the cause of a StatusError. */
export class TlsFailure extends Error {
  readonly code: TlsErrorCode;

  constructor(code: TlsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TlsFailure";
    this.code = code;
  }
}

/** The codes of HostUnreachable that are about TLS. */
export type TlsErrorCode = Extract<ErrorCode, `tls_${string}`>;

interface Known {
  readonly text: RegExp;
  readonly code: TlsErrorCode;
  readonly means: string;
}

// By the words of OpenSSL and Node, as grpc-js passes on nothing else; a spec has each of them from a real handshake.
const KNOWN: readonly Known[] = [
  {
    text: /alert certificate required/i,
    code: "tls_client_certificate",
    means: "it wants a client certificate, and none was shown: give credentials.cert and credentials.key",
  },
  {
    text: /alert (certificate (expired|revoked|unknown)|bad certificate|unknown ca|unsupported certificate)/i,
    code: "tls_client_certificate",
    means: "it does not accept the client certificate",
  },
  {
    text: /does not match certificate's altnames|ERR_TLS_CERT_ALTNAME_INVALID/i,
    code: "tls_wrong_host",
    means: "its certificate is for another name: check the target, or give credentials.serverName",
  },
  {
    text: /certificate has expired|certificate is not yet valid/i,
    code: "tls_expired",
    means: "its certificate has expired or is not valid yet, by the clock of this machine",
  },
  {
    text: /self[- ]signed certificate|unable to (verify the first|get (local )?issuer) certificate|certificate signature failure|unsuitable certificate purpose|unsupported certificate purpose/i,
    code: "tls_untrusted",
    means: "its certificate is not of an authority that is trusted here: give the right credentials.ca",
  },
  {
    text: /wrong version number|packet length too long|http request|unsupported protocol|alert protocol version/i,
    code: "tls_failed",
    means: "it does not speak TLS 1.3",
  },
];

// What grpc-js says of a connection that came to be no HTTP/2 connection; one that was, and broke, was accepted.
const CUT = /^No connection established\b.*(Failed to connect|ECONNRESET|socket hang up|closed)/is;

/**
 * What a failed connection over TLS says. `accepted`: this side had accepted the host's certificate before the
 * connection broke, so that it is the host that did not like what it saw. Null: nothing about TLS.
 */
export function explainTls(text: string, accepted: boolean, hasCertificate: boolean): TlsFailure | null {
  const known = KNOWN.find((one) => one.text.test(text));
  if (known !== undefined) {
    return new TlsFailure(known.code, known.means);
  }
  if (!accepted || !CUT.test(text)) {
    return null;
  }
  const means = hasCertificate
    ? "it ended the connection after it saw the client certificate: it may not know its authority, or it has expired"
    : "it ended the connection during the handshake: it may want a client certificate, or be out of connections";
  return new TlsFailure("tls_client_certificate", means);
}
