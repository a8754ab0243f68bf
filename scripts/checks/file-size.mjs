// SPDX-License-Identifier: Apache-2.0

import { isGenerated } from "../lib/repo-files.mjs";

const SOFT = 300;
const HARD = 500;
const SOURCE = /\.(ts|mjs|cjs|cc|h|py|proto|sh)$/;

/** Files that may be longer than the soft limit, each with the reason why two files would be worse. */
const EXCEPTIONS = new Map([]);

/** Long files hold more than one concept. */
export const fileSize = {
  name: "file size",
  inspect: (files) =>
    files
      .filter(({ path }) => SOURCE.test(path) && !isGenerated(path))
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0) }))
      .filter(({ path, lines }) => lines > (EXCEPTIONS.has(path) ? HARD : SOFT))
      .map(({ path, lines }) => `${path}: ${lines} lines, at most ${EXCEPTIONS.has(path) ? HARD : SOFT}: split it`),
  bad: [
    ["packages/client/src/a.ts", "x\n".repeat(301)],
    ["proto/hostscope/v1/a.proto", "x\n".repeat(501)],
  ],
  good: [
    ["packages/client/src/a.ts", "x\n".repeat(300)],
    ["proto/gen/hostscope/v1/a_pb.ts", "x\n".repeat(900)],
    ["pnpm-lock.yaml", "x\n".repeat(900)],
  ],
};
