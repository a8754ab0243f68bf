// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type DescFile, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const OPTIONS = "hostscope/v1/options.proto";

/** A compiled test schema, in the shape that our generators take. */
export interface CompiledSchema {
  /** The files given, without what they import. */
  readonly files: DescFile[];
  /** All files. */
  readonly allFiles: DescFile[];
  /** Everything in them, by type name. */
  readonly registry: FileRegistry;
}

/** Compiles schema files given by path; they may import hostscope's real options. */
export function compileSchema(sources: Readonly<Record<string, string>>): CompiledSchema {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-codegen-"));
  try {
    cpSync(join(ROOT, "proto", OPTIONS), join(folder, OPTIONS), { recursive: true });
    for (const [path, source] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const buf = join(dirname(createRequire(import.meta.url).resolve("@bufbuild/buf/package.json")), "bin", "buf");
    const image = execFileSync(process.execPath, [buf, "build", folder, "--as-file-descriptor-set", "-o", "-"]);
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    const allFiles = [...registry.files];
    return { files: allFiles.filter((file) => Object.hasOwn(sources, `${file.name}.proto`)), allFiles, registry };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles one file of package `test` with some declarations, and hostscope's options imported. */
export function compileDeclarations(declarations: string): CompiledSchema {
  const head = `syntax = "proto3"; package test; import "${OPTIONS}";`;
  return compileSchema({ "test/sample.proto": `${head}\n${declarations}` });
}
