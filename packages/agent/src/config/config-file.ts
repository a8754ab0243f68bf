// SPDX-License-Identifier: Apache-2.0

import { dirname, resolve } from "node:path";
import { YamlValue } from "../policy/yaml-value.ts";
import { readTrustFile } from "../trust/trust-file.ts";
import { FLAG_NAMES, FLAGS, type FlagName, REPEATED } from "./flags.ts";

// What a file cannot say about itself.
const NOT_IN_FILE: ReadonlySet<FlagName> = new Set(["config", "check-config", "help", "version"]);
const KEYS = FLAG_NAMES.filter((name) => !NOT_IN_FILE.has(name));
const PATHS: ReadonlySet<string> = new Set(["FILE", "DIR", "PATH"]);

/**
 * Reads flags from a YAML file: a map of their names without dashes. `true` and `false` are the values of those that
 * take none; what may be given again may be a list. Relative paths start from the folder of the file. Throws an Error
 * that says where what is wrong. Nobody but root and this user may be able to write it.
 */
export function readConfigFile(file: string): Map<FlagName, string> {
  return parseConfigFile(readTrustFile(file, "public").toString("utf8"), file);
}

/** The same from its text. */
export function parseConfigFile(text: string, file: string): Map<FlagName, string> {
  const given = new Map<FlagName, string>();
  const members = YamlValue.parse(text, file).members(KEYS);
  for (const name of KEYS) {
    const value = members[name];
    if (value === undefined) continue;
    const text = FLAGS[name].value === null ? switchOf(value) : textOf(name, value, file);
    if (text !== null) given.set(name, text);
  }
  return given;
}

function switchOf(value: YamlValue): string | null {
  return value.oneOf(["true", "false"], "such value") === "true" ? "" : null;
}

function textOf(name: FlagName, value: YamlValue, file: string): string {
  const one = (item: YamlValue): string => {
    const text = item.text();
    if (REPEATED.has(name) && text.includes(",")) item.fail("write a list instead of commas");
    return PATHS.has(FLAGS[name].value ?? "") ? resolve(dirname(file), text) : text;
  };
  return REPEATED.has(name) && value.isList ? value.list().map(one).join(",") : one(value);
}
