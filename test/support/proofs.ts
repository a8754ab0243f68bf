// SPDX-License-Identifier: Apache-2.0
// What tests prove of the support page. A test that compares says so by itProves(); it counts if the test passes and the
// call was really made and answered. What is proved lies in test/support-matrix, and docs/support.md is made of it: a run
// that proves less or more than that fails. With HOSTSCOPE_WRITE_GOLDEN=1 it is written anew.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { supportSections } from "../../scripts/lib/support-matrix.mjs";
import { whileCalling } from "./called.ts";
import { isExpectedToDiffer } from "./differences.ts";

/** Tests that prove a row, as "conformance/system.spec.ts: cpuCount, logical and physical", by the id of the row. */
type Proofs = Record<string, string[]>;

const FOLDER = new URL("../support-matrix/", import.meta.url);
const os = process.env.HOSTSCOPE_WINDOWS === undefined ? "linux" : "windows";
const TESTS = fileURLToPath(new URL("../", import.meta.url));
const FILE = fileURLToPath(new URL(`proved-${os}.json`, FOLDER));
/** Calls that answer many rows: that one of them was made says nothing. */
const SHARED = new Set(["Process.Get", "Process.List", "Process.Watch"]);
/** The call of each row, by its id. */
const CALLS = new Map(supportSections().flatMap(({ rows }) => rows.map(({ id, rpc }) => [id, rpc] as const)));

const proved: Proofs = {};

/** Path of a test's file from here on: files of one name lie in several folders. */
const fileOf = ({ file }: Mocha.Test): string => relative(TESTS, file ?? "").replaceAll("\\", "/");
const nameOf = (test: Mocha.Test): string => `${fileOf(test)}: ${test.title}`;

/** A test that compares what these rows of the support page give with something independent. */
export function itProves(title: string, ids: readonly string[], work: (this: Mocha.Context) => unknown): Mocha.Test {
  for (const id of ids) if (!CALLS.has(id)) throw new Error(`the support page has no ${id}`);
  return it(title, async function (this: Mocha.Context) {
    const called = await whileCalling(() => work.call(this));
    const isCalled = (id: string) => {
      const rpc = CALLS.get(id) ?? "Process.Get";
      return called.has(id) || (!SHARED.has(rpc) && called.has(rpc));
    };
    const silent = ids.filter((id) => !isCalled(id));
    if (silent.length > 0) throw new Error(`it proves nothing of ${silent.join()}: there was no call, or no answer`);
    const name = nameOf(this.test as Mocha.Test);
    for (const id of ids) {
      proved[id] ??= [];
      if (!proved[id].includes(name)) proved[id].push(name);
    }
  });
}

const written: Proofs = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Proofs) : {};

function allTests(suite: Mocha.Suite): Mocha.Test[] {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}

/** Whether a test had its chance in this run: not if it was not chosen, or if what it compares with was not there. */
function hadItsChance(test: Mocha.Test): boolean {
  return test.state === "passed" || isExpectedToDiffer(test);
}

/** Claims of the file that this run says nothing about: their tests lie in other files or had no chance. */
function open(tests: readonly Mocha.Test[]): (name: string) => boolean {
  const files = new Set(tests.map(fileOf));
  return (name) => {
    const those = tests.filter((test) => nameOf(test) === name);
    return !files.has(name.slice(0, name.indexOf(": "))) || (those.length > 0 && !those.some(hadItsChance));
  };
}

function missing(tests: readonly Mocha.Test[]): string[] {
  const isOpen = open(tests);
  return Object.entries(written).flatMap(([id, names]) =>
    names
      .filter((name) => proved[id]?.includes(name) !== true && !isOpen(name))
      .map((name) => `${id} is said to be proved by ${name}`),
  );
}

function write(tests: readonly Mocha.Test[]): void {
  const isOpen = open(tests);
  const ids = [...new Set([...Object.keys(written), ...Object.keys(proved)])].sort();
  const all = ids.flatMap((id) => {
    const names = [...new Set([...(written[id] ?? []).filter(isOpen), ...(proved[id] ?? [])])].sort();
    return names.length === 0 ? [] : [[id, names] as const];
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

after("what was proved is what the support page says", function () {
  let root = (this.test as Mocha.Hook).parent as Mocha.Suite;
  while (root.parent !== undefined) root = root.parent;
  const tests = allTests(root);
  if (process.env.HOSTSCOPE_WRITE_GOLDEN === "1") {
    write(tests);
    return;
  }
  const more = Object.entries(proved).flatMap(([id, names]) =>
    names.filter((name) => written[id]?.includes(name) !== true).map((name) => `${id} is proved by ${name}`),
  );
  const less = missing(tests);
  if (more.length + less.length === 0) return;
  const hint = "if that is right, HOSTSCOPE_WRITE_GOLDEN=1 writes it anew, and `npm run gen` makes the page of it";
  throw new Error(
    [...less.map((text) => `${text}, and is not`), ...more.map((text) => `${text}, which is new`), hint].join("\n"),
  );
});
