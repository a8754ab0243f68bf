// SPDX-License-Identifier: Apache-2.0
// Functions of Node for an addon that imports none: each jumps to an address that is looked up when the addon is loaded,
// by packages/native/src/node_exe.

/** What a compiler calls the address of a function that is imported. */
const IMPORTED = "__imp_";

/** Names that objects want from others, from the output of `nm --undefined-only`; sorted. */
export function undefinedNames(text) {
  const names = [...text.matchAll(/^ +U (\S+)$/gm)].map(([, name]) => name);
  return [...new Set(names.map((name) => (name.startsWith(IMPORTED) ? name.slice(IMPORTED.length) : name)))].sort();
}

/** Assembly, for 64-bit x86, of these functions. */
export function nodeThunks(names) {
  return `${[
    ".text",
    ...names.map((name) => `.globl ${name}\n${name}: jmp *${IMPORTED}${name}(%rip)`),
    ".data",
    ".balign 8",
    ".globl hostscope_node_functions",
    "hostscope_node_functions:",
    ...names.map((name) => `.globl ${IMPORTED}${name}\n${IMPORTED}${name}: .quad 0`),
    '.section .rdata,"dr"',
    ".globl hostscope_node_names",
    "hostscope_node_names:",
    ...names.map((name) => `.asciz "${name}"`),
    ".byte 0",
  ].join("\n")}\n`;
}
