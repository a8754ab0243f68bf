// SPDX-License-Identifier: Apache-2.0

import { type DescFile, type DescService, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

/** What reflection clients look up, over the files of some services and everything those import. */
export interface ReflectionIndex {
  /** Full names of the services, in the order given. */
  readonly services: readonly string[];
  /** The file of this name and all its imports, encoded, or null if there is none. */
  fileByName(name: string): readonly Uint8Array[] | null;
  /** The same for the file that declares a service, method, message, enum or extension, by full name. */
  fileBySymbol(symbol: string): readonly Uint8Array[] | null;
  /** The same for the file that declares this extension of a message. */
  fileByExtension(extendee: string, number: number): readonly Uint8Array[] | null;
  /** Numbers of the extensions of a message, or null if no message has this name. */
  extensionNumbers(extendee: string): readonly number[] | null;
}

/**
 * Builds the index once; its answers are encoded once and shared.
 * `more`: files that no service imports but clients ask for, such as the one of the error detail.
 */
export function buildReflectionIndex(services: readonly DescService[], more: readonly DescFile[]): ReflectionIndex {
  const files = new Map<string, DescFile>();
  for (const root of [...services.map(({ file }) => file), ...more]) {
    for (const file of closure(root)) files.set(fileName(file), file);
  }

  const symbols = new Map<string, DescFile>();
  const extensions = new Map<string, Map<number, DescFile>>();
  for (const file of files.values()) {
    for (const type of nestedTypes(file)) {
      symbols.set(type.typeName, file);
      if (type.kind === "service") {
        for (const method of type.methods) symbols.set(`${type.typeName}.${method.name}`, file);
      } else if (type.kind === "message") {
        // Present even without extensions: "none" is another answer than "no such message".
        if (!extensions.has(type.typeName)) extensions.set(type.typeName, new Map());
      } else if (type.kind === "extension") {
        const extendee = type.extendee.typeName;
        const known = extensions.get(extendee) ?? new Map<number, DescFile>();
        extensions.set(extendee, known.set(type.number, file));
      }
    }
  }

  const encoded = new Map<DescFile, readonly Uint8Array[]>();
  const encode = (file: DescFile | undefined): readonly Uint8Array[] | null => {
    if (file === undefined) return null;
    const bytes = encoded.get(file) ?? closure(file).map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
    encoded.set(file, bytes);
    return bytes;
  };
  return {
    services: services.map((service) => service.typeName),
    fileByName: (name) => encode(files.get(name)),
    fileBySymbol: (symbol) => encode(symbols.get(symbol)),
    fileByExtension: (extendee, number) => encode(extensions.get(extendee)?.get(number)),
    extensionNumbers: (extendee) => {
      const known = extensions.get(extendee);
      return known === undefined ? null : [...known.keys()];
    },
  };
}

/** A file and everything it imports, itself first. */
function closure(file: DescFile): DescFile[] {
  const found = new Set([file]);
  // The set grows while it is walked: that is the walk.
  for (const next of found) for (const dependency of next.dependencies) found.add(dependency);
  return [...found];
}

/** The name as written in imports; protobuf-es drops the suffix. */
function fileName(file: DescFile): string {
  return `${file.name}.proto`;
}
