// SPDX-License-Identifier: Apache-2.0

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { formatAddress, type ListenAddress } from "../config/listen-address.ts";
import type { Logger } from "../log.ts";
import { startListener } from "../serve/listener.ts";
import { negotiate } from "./accept.ts";
import { CONTENT_TYPES, type Format } from "./exposition.ts";
import { refuse } from "./request-check.ts";
import { scrapeTimeout } from "./scrape-timeout.ts";

/** Gives the metrics in a format within some milliseconds; null if it takes longer. */
export type MetricsText = (format: Format, timeoutMs: number) => Promise<string | null>;

/** A server of /metrics. */
export interface MetricsServer {
  /** What a scraper is told to read. */
  readonly url: string;
  /** The port it got. */
  readonly port: number;
  /** Ends all connections at once: nobody is owed the rest of a scrape. */
  close(): void;
}

const MAX_CONNECTIONS = 32;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_HEADERS = 64;

// From accept to close, whatever happens: the longest scrape, and time to read a slow request and a slow reader.
const CONNECTION_MS = 60_000;
// For the whole request, however it dribbles in.
const REQUEST_MS = 5_000;

/** Serves metrics over HTTP. Throws AgentStartError if it cannot listen. */
export async function startMetricsServer(
  listen: ListenAddress,
  text: MetricsText,
  logger: Logger,
): Promise<MetricsServer> {
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const server = httpServer(text, logger);
  server.on("request", ({ socket }: IncomingMessage) => clearTimeout(waiting.get(socket)));
  // Not the HTTP server's own listen: its timer that looks for slow connections wakes an idle process every 30 s.
  const listener = await startListener(listen, MAX_CONNECTIONS, logger, (socket) => {
    const end = setTimeout(() => socket.destroy(), CONNECTION_MS);
    waiting.set(
      socket,
      setTimeout(() => socket.destroy(), REQUEST_MS),
    );
    socket.once("close", () => {
      clearTimeout(end);
      clearTimeout(waiting.get(socket));
      waiting.delete(socket);
    });
    server.emit("connection", socket);
  });
  return {
    url: `http://${formatAddress({ host: listen.host, port: listener.port })}/metrics`,
    port: listener.port,
    close() {
      listener.stop();
      listener.destroy();
    },
  };
}

function httpServer(text: MetricsText, logger: Logger): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAlive: false }, (request, response) => {
    answer(request, response, text).catch((err) => {
      logger.error({ err }, "a scrape failed with something unexpected");
      if (!response.headersSent) send(request, response, 500, "the agent could not collect; its log says why\n");
      else response.destroy();
    });
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const line = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    if (socket.writable) socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  });
  // An upgrade or CONNECT would take the socket out of the server's hands.
  server.on("connect", (_request, socket) => socket.destroy());
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, text: MetricsText): Promise<void> {
  const refusal = refuse(request.headers);
  if (refusal !== null) return send(request, response, 403, `${refusal}\n`);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(request, response, 405, "only GET and HEAD\n");
  }
  const path = (request.url ?? "").split("?", 1)[0];
  if (path === "/") return send(request, response, 200, "hostscope agent: metrics are at /metrics\n");
  if (path !== "/metrics") return send(request, response, 404, "there is nothing but /metrics\n");

  const format = negotiate(request.headers.accept);
  if (request.method === "HEAD") return send(request, response, 200, "", CONTENT_TYPES[format]);
  const timeoutMs = scrapeTimeout(request.headers["x-prometheus-scrape-timeout-seconds"]);
  const metrics = await text(format, timeoutMs);
  if (metrics === null) return send(request, response, 503, "not done within the scrape's time\n");
  send(request, response, 200, metrics, CONTENT_TYPES[format]);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string,
  type = "text/plain; charset=utf-8",
): void {
  const bytes = Buffer.from(body);
  // One request per connection: there is nothing to gain on loopback, and no idle connection to look after.
  response.writeHead(status, {
    "content-type": type,
    ...(request.method === "HEAD" ? {} : { "content-length": bytes.length }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    vary: "accept",
    connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}
