// SPDX-License-Identifier: Apache-2.0

import { type ChannelOptions, Client, connectivityState, credentials, Metadata } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import type { BearerToken } from "./bearer-token.ts";
import type { ChangingFiles } from "./changing-files.ts";
import { ResetBudget } from "./reset-budget.ts";
import type { TlsChannel } from "./tls-channel.ts";
import { explainTls } from "./tls-failure.ts";

const OPTIONS: ChannelOptions = {
  // A host that vanished without a word is noticed while a call waits for it.
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 10_000,
  "grpc.keepalive_permit_without_calls": 0,
  // The default of 64 KiB is what limits big answers: 270 against 900 MB/s on loopback.
  "grpc-node.flow_control_window": 1 << 20,
  // What an agent sends at most. Lists come in small messages, but the maps of one process can be tens of megabytes.
  "grpc.max_receive_message_length": 64 << 20,
  // An agent that was restarted is found again within a second or two.
  "grpc.initial_reconnect_backoff_ms": 200,
  "grpc.max_reconnect_backoff_ms": 2_000,
  // A call is sent again by grpc-js only if it provably never reached the server's handler; that needs no policy.
  "grpc.enable_retries": 0,
  // Neither environment variables nor DNS records decide where host data go.
  "grpc.enable_http_proxy": 0,
  "grpc.service_config_disable_resolution": 1,
  // A connection of its own: closing one Host does not touch another.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.enable_channelz": 0,
};

/** How a host is reached. */
export interface Way {
  /** For https targets. @default in the clear */
  readonly tls?: ChangingFiles<TlsChannel> | undefined;
  /** What each call shows. @default nothing */
  readonly token?: BearerToken | undefined;
}

/** What one call is made with. */
export interface Line {
  readonly client: Client;
  readonly metadata: Metadata;
  /** The host has answered, so it has accepted the connection. */
  readonly answered: () => void;
  /** The call is over; `givenUp` if the server had not ended it. */
  readonly end: (givenUp: boolean) => void;
}

interface Open {
  readonly client: Client;
  readonly tls: TlsChannel | null;
  readonly resets: ResetBudget;
  calls: number;
}

/**
 * The connection of a transport; a new one for new calls once its certificates have changed, or so many calls were given
 * up that the server would end it. Connects on the first call.
 */
export class GrpcLine {
  readonly #address: string;
  readonly #way: Way;
  #open: Open;

  constructor(address: string, way: Way = {}) {
    this.#address = address;
    this.#way = way;
    this.#open = this.#dial();
  }

  /** What a call is to show. Fails with StatusError if its token cannot be had. */
  metadata(): Metadata | Promise<Metadata> {
    const { token } = this.#way;
    return token == null ? new Metadata() : withToken(token);
  }

  /** For a call that begins now. */
  begin(metadata: Metadata): Line {
    const isOutdated = this.#way.tls !== undefined && this.#way.tls.value !== this.#open.tls;
    if (isOutdated || this.#open.resets.spent) {
      const old = this.#open;
      this.#open = this.#dial();
      if (old.calls === 0) old.client.close();
    }
    const open = this.#open;
    open.calls += 1;
    const answered = () => {
      if (open.tls !== null) open.tls.accepted = false;
    };
    const end = (givenUp: boolean) => {
      if (givenUp) open.resets.spend();
      open.calls -= 1;
      if (open.calls === 0 && open !== this.#open) open.client.close();
    };
    return { client: open.client, metadata, answered, end };
  }

  /** What a failed call was told, told better. */
  explain(failure: StatusError, timeoutMs: number | undefined): StatusError {
    const { client, tls } = this.#open;
    const isBelow = failure.detail === null;
    if (tls !== null && isBelow && failure.code === StatusCode.UNAVAILABLE) {
      const { cert } = tls;
      const cause = explainTls(failure.message, tls.accepted, cert);
      if (cause !== null) return new StatusError(StatusCode.UNAVAILABLE, cause.message, null, { cause });
    }
    const timedOut = isBelow && failure.code === StatusCode.DEADLINE_EXCEEDED;
    if (timedOut && client.getChannel().getConnectivityState(false) !== connectivityState.READY) {
      return new StatusError(StatusCode.UNAVAILABLE, `no connection within ${timeoutMs} ms`);
    }
    return failure;
  }

  close(): void {
    this.#open.client.close();
  }

  #dial(): Open {
    const tls = this.#way.tls?.value ?? null;
    const client =
      tls === null
        ? new Client(this.#address, credentials.createInsecure(), OPTIONS)
        : new Client(this.#address, tls.credentials, { ...OPTIONS, ...tls.options });
    return { client, tls, resets: new ResetBudget(), calls: 0 };
  }
}

async function withToken(token: NonNullable<BearerToken>): Promise<Metadata> {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${await token()}`);
  return metadata;
}
