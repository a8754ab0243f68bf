// SPDX-License-Identifier: Apache-2.0

import { didYouMean } from "@hostscope/proto";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLError } from "yaml";
import { safeText } from "../safe-text.ts";
import { PolicyError } from "./policy-error.ts";

const MAX_BYTES = 256 * 1024;

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
}

/**
 * A value of a YAML file that knows where it stands. Every scalar is a text, whatever YAML would make of it, so that
 * `no` is no boolean and 1e3 no number. Anchors, aliases, tags and a second document are refused: a policy says what it
 * says where it says it.
 */
export class YamlValue {
  readonly #node: Node | null;
  readonly #source: Source;
  readonly #offset: number;

  private constructor(node: Node | null, source: Source, offset: number) {
    this.#node = node;
    this.#source = source;
    this.#offset = offset;
    if (node === null) return;
    if (isAlias(node)) this.fail("aliases are not allowed: write the value out");
    if ("anchor" in node && node.anchor !== undefined) this.fail("anchors are not allowed: write the value out");
    if (node.tag !== undefined && !node.tag.startsWith("tag:yaml.org,2002:")) this.fail("tags are not allowed");
  }

  /** Reads a text. Throws PolicyError. */
  static parse(text: string, file: string): YamlValue {
    if (Buffer.byteLength(text) > MAX_BYTES) throw new PolicyError(file, null, `is larger than ${MAX_BYTES} bytes`);
    const lines = new LineCounter();
    const source = { file, lines };
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      version: "1.2",
      schema: "failsafe",
      merge: false,
      uniqueKeys: true,
      prettyErrors: false,
      strict: true,
    });
    const [document, second] = Array.isArray(documents) ? documents : [];
    if (document === undefined) throw new PolicyError(file, null, "is empty");
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw yamlError(problem, source);
    const root = new YamlValue(document.contents as Node | null, source, 0);
    if (second !== undefined) new YamlValue(null, source, second.range[0]).fail("a second document is not allowed");
    return root;
  }

  /** Where it stands, e.g. "policy.yaml:7". */
  get place(): string {
    return `${this.#source.file}:${this.#at().line}`;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  /** Throws a PolicyError that points here. */
  fail(what: string): never {
    throw new PolicyError(this.#source.file, this.#at(), what);
  }

  /** The members of a map that may have these keys and no others; one that is not there is undefined. */
  members<K extends string>(known: readonly K[]): Readonly<Partial<Record<K, YamlValue>>> {
    const members: Partial<Record<K, YamlValue>> = {};
    for (const [key, value, at] of this.entries()) {
      const found = known.find((candidate) => candidate === key);
      const name = found ?? at.fail(`there is no key "${safeText(key, 80)}" here${hint(key, known)}`);
      members[name] = value;
    }
    return members;
  }

  /** All entries of a map: key, value and the place of the key. */
  entries(): [key: string, value: YamlValue, at: YamlValue][] {
    const node = this.#node;
    if (!isMap(node)) this.fail("this must be a map of keys and values");
    return node.items.map((pair) => {
      const at = new YamlValue(pair.key as Node, this.#source, this.#offset);
      const value = new YamlValue(pair.value as Node | null, this.#source, at.#start);
      return [at.text(), value, at];
    });
  }

  /** The items of a list; none is an error. */
  list(): YamlValue[] {
    const node = this.#node;
    if (!isSeq(node)) this.fail("this must be a list");
    if (node.items.length === 0) this.fail("this list is empty");
    return node.items.map((item) => new YamlValue(item as Node | null, this.#source, this.#start));
  }

  text(): string {
    const node = this.#node;
    if (!isScalar(node) || typeof node.value !== "string" || node.value === "") this.fail("a value is missing here");
    return node.value;
  }

  /** A whole number in plain digits. */
  whole(least: number, most: number): number {
    const text = this.text();
    const number = /^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) {
      this.fail(`"${safeText(text, 40)}" is not a whole number from ${least} to ${most}`);
    }
    return number;
  }

  /** One of some words. */
  oneOf<T extends string>(known: readonly T[], what: string): T {
    const text = this.text();
    const found = known.find((candidate) => candidate === text);
    return found ?? this.fail(`there is no ${what} "${safeText(text, 80)}"${hint(text, known)}`);
  }

  get #start(): number {
    return this.#node?.range?.[0] ?? this.#offset;
  }

  #at(): { line: number; column: number } {
    const { line, col } = this.#source.lines.linePos(this.#start);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function hint(word: string, known: readonly string[]): string {
  return didYouMean(word, known) || (known.length <= 10 ? `; there are ${known.join(", ")}` : "");
}

function yamlError(error: YAMLError, { file, lines }: Source): PolicyError {
  const { line, col } = lines.linePos(error.pos[0]);
  // Its own text quotes nothing of the file.
  const what =
    error.code === "DUPLICATE_KEY" ? "this key is there already" : `not YAML: ${safeText(error.message, 200)}`;
  return new PolicyError(file, { line: Math.max(1, line), column: Math.max(1, col) }, what, { cause: error });
}
