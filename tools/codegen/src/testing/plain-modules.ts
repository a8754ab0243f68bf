// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DescFile } from "@bufbuild/protobuf";
import { plainModule } from "../plain/plain-module.ts";
import type { SchemaModel } from "../schema/schema-model.ts";

const CLIENT = new URL("../../../../packages/client/src/", import.meta.url);
const PROTO = new URL("../../../../proto/gen/hostscope/v1/", import.meta.url);

/** What generated modules export, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/** A generated function decodeX. */
export type Decode = (bytes: Uint8Array) => Record<string, unknown>;

/** Generates the module of a test schema's file and loads it. */
export async function loadGenerated(file: DescFile, model: SchemaModel): Promise<Exports> {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-plain-"));
  try {
    const path = join(folder, "sample.mts");
    const source = plainModule(file, model).join("\n");
    writeFileSync(path, source.replaceAll('"../../../wire/', `"${new URL("wire/", CLIENT)}`));
    return (await import(pathToFileURL(path).href)) as Exports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that the client's checked-in decoders export. */
export async function loadPlainModules(): Promise<Exports> {
  return loadFolder(new URL("gen/hostscope/v1/", CLIENT));
}

/** The schema files that protobuf-es's checked-in code describes. */
export async function loadSchemaFiles(): Promise<DescFile[]> {
  const exports = await loadFolder(PROTO);
  return Object.entries(exports)
    .filter(([name]) => name.startsWith("file_"))
    .map(([, file]) => file as DescFile);
}

async function loadFolder(folder: URL): Promise<Exports> {
  const modules = readdirSync(folder).map((name) => import(new URL(name, folder).href) as Promise<Exports>);
  return Object.assign({}, ...(await Promise.all(modules)));
}
