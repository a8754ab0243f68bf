// SPDX-License-Identifier: Apache-2.0

/** Levels of the log, from chatty to silent. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One level of the log. */
export type LogLevel = (typeof LOG_LEVELS)[number];
