// SPDX-License-Identifier: Apache-2.0

import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { memberName, typeName, writerName } from "../cpp/cpp-names.ts";
import { hasImplicitPresence } from "../schema/presence.ts";

/**
 * A C++ program that parses each message on its standard input with a generated request struct and writes it back with
 * the generated encoder. In and out, a message is preceded by its length as a 32-bit word in the machine's order; an
 * answer has one byte more in front: 1, or 0 if the message was refused and the answer is the error's text.
 */
export function echoProgram(header: string, root: DescMessage, all: readonly DescMessage[]): string {
  return [
    `#include "${header}"`,
    "#include <algorithm>",
    "#include <cstdio>",
    "#include <cstdlib>",
    "#include <memory>",
    "using namespace hostscope;",
    "struct Flags {",
    "  explicit Flags(const std::vector<bool>& in) : size(in.size()), values(new bool[size]) {",
    "    std::copy(in.begin(), in.end(), values.get());",
    "  }",
    "  std::span<const bool> span() const { return {values.get(), size}; }",
    "  size_t size;",
    "  std::unique_ptr<bool[]> values;",
    "};",
    ...all.map((message) => `void copy(const gen::${typeName(message)}& in, gen::${writerName(message)}& out);`),
    ...all.flatMap((message) => [
      `void copy([[maybe_unused]] const gen::${typeName(message)}& in, [[maybe_unused]] gen::${writerName(message)}& out) {`,
      ...message.fields.map((field) => `  ${copyField(field)}`),
      "}",
    ]),
    "int main() {",
    "  uint32_t size = 0;",
    "  while (std::fread(&size, sizeof size, 1, stdin) == 1) {",
    "    // On the heap and without a spare byte, so that tools see a read beyond the end.",
    "    char* const bytes = static_cast<char*>(std::malloc(size == 0 ? 1 : size));",
    "    if (std::fread(bytes, 1, size, stdin) != size) return 1;",
    `    gen::${typeName(root)} message;`,
    "    std::string answer;",
    `    const bool parsed = gen::${typeName(root)}::parse({bytes, size}, message, answer);`,
    "    std::free(bytes);",
    "    wire::Writer writer;",
    `    gen::${writerName(root)} root(writer);`,
    "    if (parsed) copy(message, root);",
    "    const std::string_view out = parsed ? writer.view() : std::string_view(answer);",
    "    const uint32_t length = static_cast<uint32_t>(out.size() + 1);",
    "    std::fwrite(&length, sizeof length, 1, stdout);",
    "    std::fputc(parsed ? 1 : 0, stdout);",
    "    if (!out.empty()) std::fwrite(out.data(), 1, out.size(), stdout);",
    "  }",
    "  return 0;",
    "}",
    "",
  ].join("\n");
}

function copyField(field: DescField): string {
  const name = memberName(field);
  const nested = (value: string) => `[&](gen::${writerName(field.message as DescMessage)}& to) { copy(${value}, to); }`;
  switch (field.fieldKind) {
    case "message":
      return `if (in.${name}) out.${name}(${nested(`*in.${name}`)});`;
    case "map":
      return `for (const auto& [key, value] : in.${name}) out.${name}(key, ${field.message === undefined ? "value" : nested("value")});`;
    case "list":
      if (field.message !== undefined) {
        return `for (const auto& value : in.${name}) out.${name}(${nested("value")});`;
      }
      return field.packed ? copyPacked(field, name) : `for (const auto& value : in.${name}) out.${name}(value);`;
    default:
      return hasImplicitPresence(field) ? `out.${name}(in.${name});` : `if (in.${name}) out.${name}(*in.${name});`;
  }
}

/** std::vector<bool> has no array inside it that a span could show. */
function copyPacked(field: DescField, name: string): string {
  return field.proto.type === FieldDescriptorProto_Type.BOOL
    ? `out.${name}(Flags(in.${name}).span());`
    : `out.${name}(in.${name});`;
}
