// SPDX-License-Identifier: Apache-2.0

import { commentLines } from "../schema/comment-lines.ts";

/** The schema's comment as C++ comment lines. */
export function cppComment(desc: Parameters<typeof commentLines>[0], indent: string): string[] {
  return commentLines(desc).map((line) => `${indent}// ${line}`.trimEnd());
}
