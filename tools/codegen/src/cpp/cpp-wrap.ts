// SPDX-License-Identifier: Apache-2.0

const COLUMNS = 120;

/**
 * Breaks a line that is too long after its last comma that fits, and aligns the rest behind the bracket, as
 * clang-format does.
 */
export function wrapArguments(line: string): string[] {
  const comma = line.lastIndexOf(", ", COLUMNS - 1);
  const bracket = line.search(/[({]/);
  if (line.length <= COLUMNS || comma < bracket) {
    return [line];
  }
  return [line.slice(0, comma + 1), " ".repeat(bracket + 1) + line.slice(comma + 2)];
}
