// SPDX-License-Identifier: Apache-2.0

import { ROOT } from "../lib/paths.mjs";

const literally = (text) => text.replace(/[^\w/]/g, "\\$&");
/** Homes, and this very checkout. Put together so that this file does not find itself. */
const FOLDERS = ["/root", "/home/\\w+", "/Users/\\w+", literally(ROOT)];
const PATH = new RegExp(`(?<![\\w.*}-])(?:${FOLDERS.join("|")})/`);
/** A mirror that one machine or company uses; the lockfile of another would not install. */
const REGISTRY = /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|npm|pypi|mirror|proxy)[\w.-]*[/:]/i;

/** Nothing committed may name a path or a package mirror of the machine it was written on. */
export const machinePaths = {
  name: "machine paths",
  inspect: (files) =>
    files
      .filter(({ path }) => path !== "scripts/checks/machine-paths.mjs" && !path.startsWith("test/fixtures/"))
      .flatMap(({ path, text }) =>
        text.split("\n").flatMap((line, at) => {
          const found = PATH.exec(line)?.[0] ?? REGISTRY.exec(line)?.[0];
          return found === undefined ? [] : [`${path}:${at + 1}: names ${found}`];
        }),
      ),
  bad: [
    ["scripts/a.mjs", `const top = "${ROOT}/a";`],
    ["README.md", "see /root/notes.md"],
    ["test/a.spec.ts", 'open("/home/someone/x")'],
    ["pnpm-lock.yaml", "    resolution: {tarball: https://npm.example.com:8443/a.tgz}"],
    [".npmrc", "registry=https://registry.example.com/"],
  ],
  good: [
    ["scripts/a.mjs", 'import "./framework/x.mjs"; // see https://nodejs.org/home/'],
    ["README.md", "## /home"],
    ["test/a.spec.ts", "of {pid}/root/proc"],
  ],
};
