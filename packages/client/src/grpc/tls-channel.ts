// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { checkServerIdentity, createSecureContext, type PeerCertificate, type SecureContext } from "node:tls";
import { type ChannelCredentials, type ChannelOptions, ChannelCredentials as Channels } from "@grpc/grpc-js";
import { InvalidArgument } from "../errors.ts";
import { ChangingFiles } from "./changing-files.ts";
import type { Credentials, Pem } from "./credentials.ts";

const PEM = "-----BEGIN";
// An address may not stand in a handshake's server name; what does there is not looked at by an agent.
const NO_NAME = "hostscope.invalid";

/** How a channel to a host over TLS is made; another object once its files have changed. */
export interface TlsChannel {
  readonly credentials: ChannelCredentials;
  readonly options: ChannelOptions;
  /** Whether a client certificate is shown. */
  readonly cert: boolean;
  /** Whether the host's certificate was accepted at the last handshake, and the host has not answered since. */
  accepted: boolean;
}

/** TLS 1.3 with the certificates given, from files that may change. Throws InvalidArgument if they cannot be used. */
export function tlsChannels(name: string, { ca, cert, key, serverName }: Credentials): ChangingFiles<TlsChannel> {
  const paths = [ca, cert, key].filter((pem): pem is string => isPath(pem));
  const make = () => {
    const context = createSecureContext({ ca: read(ca), cert: read(cert), key: read(key), minVersion: "TLSv1.3" });
    return tlsChannel(context, serverName ?? name, cert !== undefined);
  };
  try {
    return new ChangingFiles(paths, make);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidArgument(`open: the credentials cannot be used: ${why}`, { cause });
  }
}

function tlsChannel(context: SecureContext, name: string, cert: boolean): TlsChannel {
  const channel = {
    cert,
    accepted: false,
    credentials: Channels.createFromSecureContext(context, {
      checkServerIdentity: (_: string, certificate: PeerCertificate) => {
        const error = checkServerIdentity(name, certificate);
        channel.accepted = error === undefined;
        return error;
      },
    }),
    options: { "grpc.ssl_target_name_override": isIP(name) === 0 ? name : NO_NAME },
  };
  return channel;
}

function isPath(pem: Pem | undefined): pem is string {
  return typeof pem === "string" && !pem.startsWith(PEM);
}

function read(pem: Pem | undefined): Buffer | undefined {
  if (pem === undefined) {
    return undefined;
  }
  return isPath(pem) ? readFileSync(pem) : Buffer.from(pem);
}
