// SPDX-License-Identifier: Apache-2.0

import { type FSWatcher, watch } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkOptions, describe } from "../call-options.ts";
import { HostscopeError, InternalError, InvalidArgument, NotFound } from "../errors.ts";
import { type AddressOptions, fileSdTargets } from "./file-sd.ts";
import { checkPort, checkRefresh, repeat } from "./refresh.ts";
import type { TargetEntry, TargetSource } from "./targets.ts";

/** What fileTargets() takes. */
export interface FileTargetsOptions extends AddressOptions {
  /**
   * Milliseconds after which the file is read again although nothing told of a change, as on network file systems.
   * @default 30000
   */
  readonly refreshMs?: number | undefined;
}

const MOST_BYTES = 16 << 20;
/** An editor writes a file in several steps: what they are together is read. */
const CALM_MS = 100;
/** A file that is still being written after so many looks is read as it is. */
const MOST_LOOKS = 50;
const FORMATS: ReadonlyMap<string, (text: string) => unknown> = new Map([[".json", JSON.parse]]);
const YAML_ENDINGS = [".yml", ".yaml"];

/**
 * Hosts from a file in Prometheus's file_sd format, JSON or YAML by its ending, read again when it changes. Of several
 * entries for one host, as of two exporters there with `port` given, the first counts. A file that cannot be read or is
 * wrong as a whole changes nothing: the last good list stands.
 */
export function fileTargets(path: string, options: FileTargetsOptions = {}): TargetSource {
  checkOptions("fileTargets", options as object, ["port", "refreshMs"]);
  if (typeof path !== "string" || !(FORMATS.has(extname(path)) || YAML_ENDINGS.includes(extname(path)))) {
    throw new InvalidArgument(`fileTargets takes a path that ends in .json, .yml or .yaml, not ${describe(path)}`);
  }
  checkPort("fileTargets", options.port);
  const refreshMs = checkRefresh("fileTargets", options.refreshMs, 30_000);
  return {
    watch(observer) {
      let last: string | null = null;
      let isKnown = false;
      const read = async () => {
        const found = await readText(path);
        if (found !== last) {
          // There is a list to go by until this one is whole: half a YAML file is one, too, with half the hosts.
          const text = isKnown ? await settled(path, found) : found;
          const entries = await parse(path, text, options);
          last = text;
          isKnown = true;
          observer.update(entries);
        }
      };
      const reading = repeat(read, refreshMs, (error) => {
        // The same text must be told again once it can be read again.
        last = null;
        observer.fail(fileError(path, error));
      });
      const watcher = watchFolder(path, reading.soon);
      return () => {
        watcher?.close();
        reading.stop();
      };
    },
  };
}

/** The folder is watched and not the file: a file is replaced by renaming another over it, or a link to its folder. */
function watchFolder(path: string, changed: (calmMs: number) => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path) || name.startsWith("..")) {
        changed(CALM_MS);
      }
    });
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    // No such folder, or no more watches: reading it from time to time has to do.
    return null;
  }
}

async function readText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const info = await file.stat();
    if (!info.isFile() || info.size > MOST_BYTES) {
      throw new InvalidArgument(`it must be a regular file of at most ${MOST_BYTES >> 20} MiB`);
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** The text of a file once it stays the same: whoever writes it may not be done. */
async function settled(path: string, found: string): Promise<string> {
  let text = found;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await sleep(CALM_MS, undefined, { ref: false });
    const again = await readText(path);
    if (again === text) break;
    text = again;
  }
  return text;
}

async function parse(path: string, text: string, options: AddressOptions): Promise<TargetEntry[]> {
  const read = FORMATS.get(extname(path)) ?? (await yamlReader());
  return fileSdTargets(read(text), options);
}

async function yamlReader(): Promise<(text: string) => unknown> {
  // Only here: most programs read no YAML.
  const { parse } = await import("yaml");
  // In "failsafe" every value is a text, as the format has no other: `rack: 07` is "07" and `env: on` is "on".
  return (text) => parse(text, { schema: "failsafe", merge: true, maxAliasCount: 1000 }) || [];
}

function fileError(path: string, error: unknown): HostscopeError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `targets of ${path} cannot be read: ${reason}`;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new NotFound(message, { cause: error });
  }
  const isTheirs = error instanceof HostscopeError || error instanceof SyntaxError || isYamlError(error);
  return isTheirs ? new InvalidArgument(message, { cause: error }) : new InternalError(message, { cause: error });
}

function isYamlError(error: unknown): boolean {
  return error instanceof Error && (error.name.startsWith("YAML") || error instanceof ReferenceError);
}
