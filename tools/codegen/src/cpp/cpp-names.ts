// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescEnumValue, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";

/**
 * Words a C++ member cannot be called: keywords, and names that a system header of some platform defines as a macro
 * (stdin; minor and major of sys/sysmacros.h; near, far, small, interface and environ of Windows; linux and unix of GNU C++),
 * and names that request structs use themselves.
 */
const RESERVED = new Set(
  `alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class co_await
  co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype default delete do
  double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace
  new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return
  short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef
  typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq
  stdin stdout stderr errno assert minor major makedev near far small interface environ linux unix
  parse read reader entry`.split(/\s+/),
);

/** Setter or member of a field: its schema name, with an underscore after it where C++ has other plans for the word. */
export function memberName(field: DescField): string {
  return RESERVED.has(field.name) ? `${field.name}_` : field.name;
}

/** Name of a message's request struct, or of an enum; nested types carry their parents' names. */
export function typeName(desc: DescMessage | DescEnum): string {
  return desc.parent === undefined ? desc.name : `${typeName(desc.parent)}_${desc.name}`;
}

/** Name of a message's encoder. */
export function writerName(message: DescMessage): string {
  return `${typeName(message)}Writer`;
}

/** E.g. kDiskSleep for PROCESS_STATUS_DISK_SLEEP. */
export function enumeratorName(value: DescEnumValue): string {
  return constantName(value.localName.toLowerCase());
}

/** E.g. kDiskSleep for disk_sleep. */
export function constantName(snakeCase: string): string {
  const words = snakeCase.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `k${words.join("")}`;
}

/** Header generated from a schema file, e.g. "common.gen.h". */
export function headerName(file: DescFile): string {
  return `${file.name.slice(file.name.lastIndexOf("/") + 1)}.gen.h`;
}
