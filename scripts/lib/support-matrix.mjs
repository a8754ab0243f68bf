// SPDX-License-Identifier: Apache-2.0
// docs/support.md and the table in the README, made of what tests proved.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

const FOLDER = join("test", "support-matrix");
/** Platforms and, where tests run on them, the file of what they proved there. */
export const PLATFORMS = {
  linux: { title: "Linux x64", proofs: join(FOLDER, "proved-linux.json") },
  windows: { title: "Windows", proofs: join(FOLDER, "proved-windows.json") },
  macos: { title: "macOS", proofs: null },
};
const STATUSES = ["unseen", "not yet", "never"];

const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/**
 * Gives each row the id that tests prove it by: the member of the SDK, such as "host.cpuTimes", or the call, such as
 * "Process.SetNice", where there is no member or another row has it already.
 */
function withIds(sections) {
  const members = new Set();
  return sections.map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => {
      const isFirst = row.hostscope !== null && !members.has(row.hostscope);
      members.add(row.hostscope);
      return { ...row, id: isFirst ? row.hostscope : row.rpc };
    }),
  }));
}

/** Sections of rows with ids, without what was proved. */
export const supportSections = () => withIds(readJson(join(FOLDER, "rows.json")).sections);

/** What was proved on a platform: the tests by the id of a row. */
export const proofsOf = (platform) => {
  const { proofs } = PLATFORMS[platform];
  return proofs === null ? {} : readJson(proofs);
};

/** Everything that is wrong with the data, in words. */
export function problemsOf(sections, proofs) {
  const rows = sections.flatMap((section) => section.rows);
  const ids = new Set(rows.map(({ id }) => id));
  const twice = rows.filter(({ id }, at) => rows.findIndex((row) => row.id === id) !== at);
  const problems = twice.map(({ id }) => `rows.json: two rows are ${id}`);
  for (const platform of Object.keys(PLATFORMS)) {
    for (const id of Object.keys(proofs[platform])) {
      if (!ids.has(id)) problems.push(`${PLATFORMS[platform].proofs}: no row is ${id}`);
    }
    for (const { id, otherwise } of rows) {
      const isProved = Object.hasOwn(proofs[platform], id);
      const claim = otherwise[platform];
      if (claim !== undefined && !STATUSES.includes(claim))
        problems.push(`rows.json: ${id} is "${claim}" on ${platform}`);
      if (isProved && claim !== undefined)
        problems.push(`rows.json: ${id} is proved on ${platform}; "${claim}" is to go`);
      if (!isProved && claim === undefined)
        problems.push(`rows.json: no test proves ${id} on ${platform}, and nothing else is said of it`);
    }
  }
  return problems;
}

/** Everything that is said of rows, with their status on each platform: what is said otherwise, else "yes". */
export function supportMatrix() {
  return supportSections().map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => ({
      ...row,
      status: Object.fromEntries(
        Object.keys(PLATFORMS).map((platform) => [platform, row.otherwise[platform] ?? "yes"]),
      ),
    })),
  }));
}

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");

const code = (name) => (name === null ? "–" : `\`${name}\``);
const titles = Object.values(PLATFORMS).map(({ title }) => title);

/** Every section as a table. */
function sectionsOf(matrix) {
  const sections = matrix.map(({ title, rows }) => {
    const lines = rows.map(({ psutil, hostscope, rpc, status }) => [
      ...[psutil, hostscope, rpc].map(code),
      ...Object.values(status),
    ]);
    return `## ${title}\n\n${table(["psutil", "hostscope", "call", ...titles], lines)}\n`;
  });
  return `\n${sections.join("\n")}`;
}

/** How much of each section works. */
function summaryOf(matrix) {
  const lines = matrix.map(({ title, rows }) => [
    title,
    ...Object.keys(PLATFORMS).map((platform) => {
      const count = (wanted) => rows.filter(({ status }) => status[platform] === wanted).length;
      const possible = rows.length - count("never");
      if (possible === 0) return "never";
      const unseen = count("unseen");
      return `${count("yes")} of ${possible}${unseen === 0 ? "" : `, ${unseen} unseen`}`;
    }),
  ]);
  return `\n${table(["", ...titles], lines)}\n`;
}

const BEGIN = "<!-- made by npm run gen from test/support-matrix -->\n";
const END = "<!-- until here -->\n";
const PAGES = { [join("docs", "support.md")]: sectionsOf, "README.md": summaryOf };

/** The pages with what is made of the data, by path: [as they are, as they should be]. Throws if the data is wrong. */
export function supportPages() {
  const proofs = Object.fromEntries(Object.keys(PLATFORMS).map((platform) => [platform, proofsOf(platform)]));
  const problems = problemsOf(supportSections(), proofs);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const matrix = supportMatrix();
  return Object.entries(PAGES).map(([path, make]) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
    if (begin < BEGIN.length || end < begin) throw new Error(`${path} has no place for what is made of the data`);
    return { path, text, made: text.slice(0, begin) + make(matrix) + text.slice(end) };
  });
}
