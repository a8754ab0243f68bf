// SPDX-License-Identifier: Apache-2.0

import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { SetupError } from "./say.mjs";

const ADVICE = {
  linux:
    "Debian, Ubuntu: apt-get install g++ make python3; Fedora: dnf install gcc-c++ make python3; Alpine: apk add g++ make python3",
  darwin: "run: xcode-select --install",
  win32: "install Visual Studio Build Tools with C++, and Python 3",
};

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** First of these programs that is on the path, or null. */
export function findProgram(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = names.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))));
  return paths.find(isExecutable) ?? null;
}

/** The C++ compiler as make will call it: CXX may carry flags. */
const compilers = () => (process.env.CXX ? [process.env.CXX.trim().split(/\s+/)[0]] : ["g++", "c++", "clang++"]);

/** Throws if something that building the addon needs is missing; says how to get it. */
export function requireToolchain() {
  if (process.platform === "win32") return; // node-gyp looks for Visual Studio itself, and explains
  const needed = { "a C++ compiler": compilers(), make: ["make", "gmake"], python3: ["python3", "python"] };
  const missing = Object.keys(needed).filter((what) => findProgram(needed[what]) === null);
  if (missing.length > 0) {
    const advice = ADVICE[process.platform] ?? "install a C++ compiler, make and Python 3";
    throw new SetupError(`building the native addon needs ${missing.join(", ")}, not found here.\n  ${advice}`);
  }
}
