// SPDX-License-Identifier: Apache-2.0

import type { DescMethod } from "@bufbuild/protobuf";
import type { SchemaOptions } from "../schema/schema-options.ts";
import { wrapHeader } from "./cpp-header.ts";
import { wrapArguments } from "./cpp-wrap.ts";

/** The header with all RPCs: an enum and a table in the enum's order. */
export function cppMethods(methods: readonly DescMethod[], options: SchemaOptions): string[] {
  const rows = methods.map((method) => ({
    enumerator: `k${method.parent.name}${method.name}`,
    path: `/${method.parent.typeName}/${method.name}`,
    name: `${method.parent.name}.${method.name}`,
    streaming: method.methodKind !== "unary",
    mutates: options.mutates(method),
  }));
  return wrapHeader(
    "methods.gen.h",
    "all services",
    [],
    [
      "// Every RPC of the schema.",
      "enum class Method {",
      ...rows.map((row) => `  ${row.enumerator},`),
      "};",
      "",
      "// What dispatch needs to know of an RPC.",
      "struct MethodInfo {",
      "  Method method;",
      '  // As gRPC has it, e.g. "/hostscope.v1.System/CpuTimes".',
      "  std::string_view path;",
      '  // For people, e.g. "System.CpuTimes".',
      "  std::string_view name;",
      "  // Whether either side sends more than one message.",
      "  bool streaming;",
      "  // Whether it changes the host or a process on it.",
      "  bool mutates;",
      "};",
      "",
      "// In the order of Method, which is its index.",
      "inline constexpr MethodInfo kMethods[] = {",
      ...rows
        .map((row) => [`Method::${row.enumerator}`, `"${row.path}"`, `"${row.name}"`, row.streaming, row.mutates])
        .map((members) => `    {${members.join(", ")}},`)
        .flatMap(wrapArguments),
      "};",
      "",
      "// The RPC with this path, or null.",
      "constexpr const MethodInfo* find_method(std::string_view path) {",
      "  for (const MethodInfo& info : kMethods) {",
      "    if (info.path == path) return &info;",
      "  }",
      "  return nullptr;",
      "}",
      "",
    ],
  );
}
