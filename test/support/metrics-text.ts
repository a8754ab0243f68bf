// SPDX-License-Identifier: Apache-2.0

/** One series of a text in Prometheus's format. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The series of a text, by metric. */
export type Metrics = ReadonlyMap<string, readonly Series[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/g;
const UNESCAPED: Readonly<Record<string, string>> = { "\\\\": "\\", '\\"': '"', "\\n": "\n" };

/** Reads Prometheus text or OpenMetrics. Throws for a line that is neither. */
export function readMetrics(text: string): Metrics {
  const metrics = new Map<string, Series[]>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, labels = "", value] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a series: ${line}`);
    const series = metrics.get(name) ?? [];
    metrics.set(name, series);
    const pairs = [...labels.matchAll(LABEL)].map(([, label = "", text = ""]) => [
      label,
      text.replace(/\\[\\"n]/g, (escaped) => UNESCAPED[escaped] ?? escaped),
    ]);
    series.push({ labels: Object.fromEntries(pairs), value: Number(value?.replace("Inf", "Infinity")) });
  }
  return metrics;
}

/** Types by metric, as its TYPE lines tell them. */
export function readTypes(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^# TYPE (\S+) (\S+)$/gm);
  return new Map([...lines].map(([, name = "", type = ""]) => [name, type]));
}

/** The value of the one series that has these labels, or undefined. */
export function metricValue(metrics: Metrics, name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries(labels);
  const found = metrics.get(name)?.filter((series) => wanted.every(([label, text]) => series.labels[label] === text));
  if (found !== undefined && found.length > 1) throw new Error(`${found.length} series of ${name} have these labels`);
  return found?.[0]?.value;
}
