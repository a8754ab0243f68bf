// SPDX-License-Identifier: Apache-2.0

/** Kinds of metrics, by OpenMetrics' names. `info` is a text in labels, `unknown` a number that may be either. */
export type FamilyType = "counter" | "gauge" | "info" | "unknown";

/** Labels of one series; one without a value is left out, as the format has no other way to say "not known". */
export type Labels = Readonly<Record<string, string | undefined>>;

/** One metric with all its series, as written: the labels in their braces, the number in digits. */
export class Family {
  /** The name of its series, e.g. "node_cpu_seconds_total". */
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly #series = new Map<string, string>();

  constructor(type: FamilyType, name: string, help: string) {
    // Both formats and promtool demand it; a wrong name would be seen by no reader but the one it breaks.
    if (type === "counter" && !name.endsWith("_total")) throw new Error(`${name}: a counter's name ends with _total`);
    if (type === "info" && !name.endsWith("_info")) throw new Error(`${name}: an info's name ends with _info`);
    this.type = type;
    this.name = name;
    this.help = help;
  }

  /** Series by labels, in the order they came. */
  get series(): ReadonlyMap<string, string> {
    return this.#series;
  }

  /**
   * Adds one series; none for a value that is not known. Of two with the same labels the first stays: the second would
   * make a reader refuse the whole answer.
   */
  add(value: number | bigint | undefined, labels: Labels = {}): this {
    if (value === undefined || Number.isNaN(value)) return this;
    const key = labelText(labels);
    if (!this.#series.has(key)) this.#series.set(key, numberText(value));
    return this;
  }
}

/** A family of one type, for tables of names. */
export const counter = (name: string, help: string): Family => new Family("counter", name, help);
/** The same for a gauge. */
export const gauge = (name: string, help: string): Family => new Family("gauge", name, help);

function labelText(labels: Labels): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(labels)) {
    // An empty label is the same as none to every reader.
    if (value !== undefined && value !== "") pairs.push(`${name}="${escapeLabel(value)}"`);
  }
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** A label's value between its quotes: any text, on one line. */
function escapeLabel(value: string): string {
  if (!/[\\"\n]/.test(value)) return value;
  return value.replace(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
}

function numberText(value: number | bigint): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
