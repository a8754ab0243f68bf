// SPDX-License-Identifier: Apache-2.0

import { setLogger } from "@grpc/grpc-js";
import { type Logger, pino } from "pino";
import type { LogLevel } from "./config/log-level.ts";
import { escapeUnsafe } from "./safe-text.ts";

export type { Logger } from "pino";

/** Where lines of a log go. */
export interface LogSink {
  write(line: string): void;
}

/**
 * A log of JSON lines, one event per line whatever text is in it. On standard error synchronously, so that the last line
 * before a crash is not lost.
 */
export function createLogger(level: LogLevel, sink: LogSink = standardError()): Logger {
  const lines = {
    // JSON escapes newlines but not C1, DEL and bidi characters, which can forge lines in a terminal.
    write: (line: string) => sink.write(`${escapeUnsafe(line.trimEnd())}\n`),
  };
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    lines,
  );
}

function standardError(): LogSink {
  const stderr = pino.destination({ dest: 2, sync: true });
  // A reader of the log that went away must not take the agent with it.
  stderr.on("error", () => {});
  return { write: (line) => void stderr.write(line) };
}

/** Sends grpc-js's own messages to the log; without it they are plain lines on standard error. */
export function adoptGrpcLog(logger: Logger): void {
  const debug = (...parts: unknown[]) => logger.debug({ from: "grpc-js" }, parts.map(String).join(" "));
  setLogger({ error: debug, info: debug, debug });
}
