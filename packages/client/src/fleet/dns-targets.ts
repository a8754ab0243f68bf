// SPDX-License-Identifier: Apache-2.0

import { Resolver } from "node:dns/promises";
import { checkOptions, describe } from "../call-options.ts";
import { type HostscopeError, HostUnreachable, InvalidArgument, NotFound } from "../errors.ts";
import { checkLabels, type Labels } from "./labels.ts";
import { checkPort, checkRefresh, repeat } from "./refresh.ts";
import type { TargetEntry, TargetSource } from "./targets.ts";

/** Name to ask the DNS for: `a` gives one host of each address, all on `port`; `srv` one of each record, on its port. */
export type DnsQuery = { readonly a: string; readonly port: number } | { readonly srv: string };

/** The part of node:dns's Resolver that is used. */
export interface DnsResolver {
  resolve4(name: string): Promise<string[]>;
  resolveSrv(name: string): Promise<{ readonly name: string; readonly port: number }[]>;
}

/** What dnsTargets() takes besides its query. */
export interface DnsTargetsOptions {
  /** "grpc" for agents in the clear, which need the fleet's `insecure`. @default "https" */
  readonly scheme?: "https" | "grpc" | undefined;
  /** Labels of all its hosts. */
  readonly labels?: Labels | undefined;
  /** Milliseconds after which the name is asked for again. @default 30000 */
  readonly refreshMs?: number | undefined;
  /** Who is asked. @default the system's name servers, five seconds each at most */
  readonly resolver?: DnsResolver | undefined;
}

/** Answers that say there is no such name or no such record, rather than that nobody answers. */
const ABSENT = new Set(["ENOTFOUND", "ENODATA", "NXDOMAIN"]);

/** Hosts from the DNS, asked for again from time to time. While it does not answer, the last list stands. */
export function dnsTargets(query: DnsQuery, options: DnsTargetsOptions = {}): TargetSource {
  checkOptions("dnsTargets", options as object, ["scheme", "labels", "refreshMs", "resolver"]);
  const scheme: unknown = options.scheme ?? "https";
  if (scheme !== "https" && scheme !== "grpc") {
    throw new InvalidArgument(`dnsTargets: scheme must be "https" or "grpc", not ${describe(scheme)}`);
  }
  const ask = checkQuery(query);
  const labels = checkLabels("dnsTargets", options.labels);
  const refreshMs = checkRefresh("dnsTargets", options.refreshMs, 30_000);
  const resolver = options.resolver ?? new Resolver({ timeout: 2_500, tries: 2 });
  return {
    watch(observer) {
      let isStopped = false;
      const look = async () => {
        // The same host named twice is one host; the order of answers changes each time and means nothing.
        const addresses = [...new Set(await ask.addresses(resolver))].sort();
        if (!isStopped) {
          observer.update(addresses.map((address): TargetEntry => ({ target: `${scheme}://${address}`, labels })));
        }
      };
      const looking = repeat(look, refreshMs, (error) => observer.fail(dnsError(ask.name, error)));
      return () => {
        isStopped = true;
        looking.stop();
      };
    },
  };
}

function checkQuery(query: DnsQuery): { name: string; addresses: (resolver: DnsResolver) => Promise<string[]> } {
  const { a, port, srv } = (query ?? {}) as { a?: unknown; port?: unknown; srv?: unknown };
  if (isName(a) && srv === undefined && port !== undefined) {
    checkPort("dnsTargets", port);
    return { name: a, addresses: async (by) => (await by.resolve4(a)).map((address) => `${address}:${port}`) };
  }
  if (isName(srv) && a === undefined && port === undefined) {
    return {
      name: srv,
      addresses: async (by) => (await by.resolveSrv(srv)).map((one) => `${one.name.replace(/\.$/, "")}:${one.port}`),
    };
  }
  const forms = '{ a: "hosts.example", port: 7443 } or { srv: "_hostscope._tcp.example" }';
  throw new InvalidArgument(`dnsTargets takes ${forms}, not ${describe(query)}`);
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "" && name.length <= 255;
}

function dnsError(name: string, error: unknown): HostscopeError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `hosts of ${describe(name)} cannot be looked up: ${reason}`;
  const isAbsent = ABSENT.has((error as NodeJS.ErrnoException).code ?? "");
  return isAbsent ? new NotFound(message, { cause: error }) : new HostUnreachable(message, { cause: error });
}
