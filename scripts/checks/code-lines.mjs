// SPDX-License-Identifier: Apache-2.0

const BLOCK_COMMENT = /\/\*[\s\S]*?\*\//g;
const LITERAL_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/.*/g;

/**
 * The lines of a C++ or TypeScript source without comments, and without the words in its double-quoted strings except
 * for those that are the name of a module. Made for pattern checks: it need not be right about odd code, only near.
 */
export function codeLines(text) {
  const withoutBlocks = text.replace(BLOCK_COMMENT, (comment) => comment.replace(/[^\n]/g, " "));
  return withoutBlocks
    .split("\n")
    .map((line) => line.replace(LITERAL_OR_COMMENT, (part) => (/^"[\w:@/.-]+"$/.test(part) ? part : '""')));
}
