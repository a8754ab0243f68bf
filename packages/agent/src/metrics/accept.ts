// SPDX-License-Identifier: Apache-2.0

import type { Format } from "./exposition.ts";

/**
 * The format a reader prefers, by its Accept header. OpenMetrics goes to those who name it, as Prometheus does; everyone
 * else, such as curl, gets the text that promtool and older readers understand.
 */
export function negotiate(accept: string | undefined): Format {
  let openmetrics = 0;
  let text = 0;
  for (const range of (accept ?? "").split(",", MAX_RANGES)) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = qualityOf(parameters);
    const version = parameters.find((parameter) => parameter.startsWith("version="))?.slice("version=".length);
    if (type === "application/openmetrics-text") {
      if (version === undefined || version.replaceAll('"', "") === "1.0.0")
        openmetrics = Math.max(openmetrics, quality);
    } else if (type === "text/plain") {
      text = Math.max(text, quality);
    }
  }
  return openmetrics > 0 && openmetrics >= text ? "openmetrics" : "text";
}

const MAX_RANGES = 32;

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  if (text === undefined) return 1;
  const quality = /^[01](\.\d{0,3})?$/.test(text) ? Number(text) : 0;
  return Math.min(1, quality);
}
