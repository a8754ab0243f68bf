// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { checkOptions, DEFAULT_TIMEOUT_MS, flag } from "./call-options.ts";
import { Connection } from "./connection.ts";
import { DeadlineExceeded, HostUnreachable, InvalidArgument, Unsupported } from "./errors.ts";
import { type Credentials, checkCredentials } from "./grpc/credentials.ts";
import { Host } from "./host/host.ts";
import { checkRoots, LOCAL_ROOTS, type LocalRoots } from "./local-roots.ts";
import { parseTarget, type Target } from "./target.ts";

/** What open() and createHost() take. */
export interface OpenOptions extends LocalRoots {
  /**
   * Milliseconds that opening may take, and default for every call on the Host; at most 86,400,000 (a day).
   * @default 10000
   */
  readonly timeoutMs?: number | undefined;
  /** Whether this Host may start programs with popen(). "local:" only; an agent has a flag of its own. @default false */
  readonly allowExec?: boolean | undefined;
  /** How the host and we are known to each other. For https:, and tokens for unix:, npipe: and loopback, too. */
  readonly credentials?: Credentials | undefined;
  /** Whether grpc:// may go over a network in the clear, e.g. one that is a tunnel. Tokens never do. @default false */
  readonly insecure?: boolean | undefined;
  /** Gives up opening when aborted. Later calls take signals of their own. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a host: "local:" is this machine, "https://db7:7443" one with an agent, "unix:/run/hostscope/agent.sock",
 * "npipe:////./pipe/hostscope" (on Windows) and "grpc://127.0.0.1:7440" an agent on this machine. The host has answered when this returns. HostUnreachable if it does
 * not within the timeout, InvalidArgument if the target is none or its credentials cannot be used, Unauthenticated if the
 * host does not know us, Unsupported if this machine cannot be read in-process.
 */
export async function open(target: string, options?: OpenOptions): Promise<Host> {
  checkOptions("open", options, [...LOCAL_ROOTS, "allowExec", "credentials", "insecure"]);
  const host = await connect(target, options);
  try {
    await host.bootTime(options?.signal === undefined ? {} : { signal: options.signal });
    return host;
  } catch (error) {
    await host.close();
    throw error instanceof DeadlineExceeded ? silent(target, options, error) : error;
  }
}

/** The Host of a target, which was not asked anything yet: whether it is there shows with the first call. */
export async function connect(target: string, options?: OpenOptions): Promise<Host> {
  const insecure = flag("open", "insecure", options?.insecure);
  const parsed = parseTarget(target, insecure);
  if (parsed.kind === "pipe" && process.platform !== "win32") {
    throw new Unsupported(`${target}: there are named pipes on Windows only`, { host: target });
  }
  checkCredentials("open", parsed, options?.credentials, insecure);
  checkRoots(parsed, options);
  if (flag("open", "allowExec", options?.allowExec) && parsed.kind !== "local") {
    throw new InvalidArgument('open: allowExec is for "local:"; an agent is told its own with --allow-exec');
  }
  return createHost(await transportOf(parsed, target, options), { target, timeoutMs: options?.timeoutMs });
}

/** What createHost() takes. */
export interface CreateHostOptions {
  /** What errors call the host. @default "custom:" */
  readonly target?: string | undefined;
  /** Default for every call, milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined;
}

/** A Host over any transport, such as a recording or a message bus. The Host owns the transport: close() closes it. */
export function createHost(transport: Transport, options: CreateHostOptions = {}): Host {
  return new Host(new Connection(transport, options.target ?? "custom:", options.timeoutMs));
}

async function transportOf(target: Target, name: string, roots: OpenOptions = {}): Promise<Transport> {
  if (target.kind !== "local") {
    const { grpcTransport } = await import("./grpc/transport.ts");
    return grpcTransport(target, roots.credentials);
  }
  try {
    // Only here: a client of other machines never loads native code.
    const { createCollector } = await import("@hostscope/native");
    return createCollector({
      procRoot: roots.procfs,
      sysRoot: roots.sysfs,
      rootfs: roots.rootfs,
      allowExec: roots.allowExec,
      stateDir: roots.stateDir,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy =
      (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND" ? "; install @hostscope/native" : "";
    const message = `open("local:") cannot read this machine: ${reason}${remedy}`;
    throw new Unsupported(message, { host: name, cause: error });
  }
}

function silent(target: string, options: OpenOptions | undefined, cause: unknown): HostUnreachable {
  const time = options?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new HostUnreachable(`${target} did not answer within ${time} ms`, { host: target, cause });
}
