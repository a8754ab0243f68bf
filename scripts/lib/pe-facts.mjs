// SPDX-License-Identifier: Apache-2.0
// What a library for Windows is, from its file alone. 64-bit only.

import { readFileSync } from "node:fs";

const MACHINES = { 34404: "x86-64", 43620: "ARM64", 332: "x86" };
/** Bits of DllCharacteristics by their names in Microsoft's description. */
const CHARACTERISTICS = { HIGH_ENTROPY_VA: 0x20, DYNAMIC_BASE: 0x40, NX_COMPAT: 0x100 };
const PE32_PLUS = 0x20b;
const [EXPORTS, IMPORTS, DELAYED] = [0, 1, 13];
const MOST = 10_000;

/** The same of a file; throws if it is no library for a 64-bit Windows. */
export const peFacts = (path) => {
  try {
    return parsePe(readFileSync(path));
  } catch (error) {
    throw new Error(`${path} is no library for Windows: ${error.message}`, { cause: error });
  }
};

/** What a library asks of others and offers them. Throws an Error if `bytes` are none. */
export function parsePe(bytes) {
  const header = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", 0, 2) !== "MZ" || bytes.toString("latin1", header, header + 4) !== "PE\0\0") {
    throw new Error("it does not begin like one");
  }
  const [sectionCount, optionalSize] = [bytes.readUInt16LE(header + 6), bytes.readUInt16LE(header + 20)];
  const optional = header + 24;
  if (bytes.readUInt16LE(optional) !== PE32_PLUS) throw new Error("it is not for 64 bits");
  const image = { bytes, sections: sectionsAt(bytes, optional + optionalSize, sectionCount) };
  const directories = bytes.readUInt32LE(optional + 108);
  const directory = (at) => (at < directories ? bytes.readUInt32LE(optional + 112 + 8 * at) : 0);
  const characteristics = bytes.readUInt16LE(optional + 70);
  const names = Object.keys(CHARACTERISTICS);
  return {
    machine: MACHINES[bytes.readUInt16LE(header + 4)] ?? "an unknown processor",
    characteristics: names.filter((name) => (characteristics & CHARACTERISTICS[name]) !== 0),
    needed: [...librariesAt(image, directory(IMPORTS), 20, 12), ...librariesAt(image, directory(DELAYED), 32, 4)],
    exports: exportsAt(image, directory(EXPORTS)),
    /** Names that look like Node's, wherever they stand: they may be looked up when the library is loaded. */
    nodeNames: [...new Set(bytes.toString("latin1").match(/(?<=\0)(napi|node_api)_[a-z0-9_]+(?=\0)/g) ?? [])],
  };
}

function sectionsAt(bytes, from, count) {
  return Array.from({ length: count }, (_, at) => {
    const entry = from + 40 * at;
    const [size, address, rawSize, raw] = [8, 12, 16, 20].map((offset) => bytes.readUInt32LE(entry + offset));
    return { address, end: address + Math.max(size, rawSize), raw };
  });
}

/** Where something lies in the file that lies at this address when loaded. */
function offsetOf({ sections }, address) {
  const section = sections.find((each) => each.address <= address && address < each.end);
  if (section === undefined) throw new Error(`nothing is at address ${address}`);
  return address - section.address + section.raw;
}

function textAt(image, address) {
  const start = offsetOf(image, address);
  const end = image.bytes.indexOf(0, start);
  return image.bytes.toString("latin1", start, end === -1 ? undefined : end);
}

/** Names of libraries in a list of entries of this size, which ends with one that has no name. */
function librariesAt(image, address, size, nameAt) {
  const names = [];
  for (let at = 0; address !== 0 && at < MOST; at++) {
    const name = image.bytes.readUInt32LE(offsetOf(image, address + size * at) + nameAt);
    if (name === 0) break;
    names.push(textAt(image, name).toLowerCase());
  }
  return names;
}

function exportsAt(image, address) {
  if (address === 0) return [];
  const table = offsetOf(image, address);
  const count = image.bytes.readUInt32LE(table + 24);
  if (count > MOST) throw new Error(`it offers ${count} names`);
  const names = offsetOf(image, image.bytes.readUInt32LE(table + 32));
  return Array.from({ length: count }, (_, at) => textAt(image, image.bytes.readUInt32LE(names + 4 * at)));
}
