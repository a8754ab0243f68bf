// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { NATIVE } from "./paths.mjs";

/** What no addon for Linux does without; binding.gyp has the reasons. */
const LINUX_FLAGS = ["-fPIC", "-pthread", "-fvisibility=hidden", "-D_FILE_OFFSET_BITS=64"];
const LINUX_LINK = [
  "-pthread",
  "-static-libstdc++",
  "-static-libgcc",
  `-Wl,--version-script,${join(NATIVE, "src", "addon", "exports.map")}`,
  "-Wl,-z,nodelete",
  // What the machine lacks is told when the addon is loaded, not when it is called for.
  "-Wl,-z,relro,-z,now",
];

/** glibc before this is not asked for: it is that of the systems that Node's own builds still run on. */
const GLIBC_FLOOR = "2.28";

/** The machine that builds has a newer C library: what the code needs of it is replaced. */
const glibc = (machine, oldest) => ({
  machine,
  backend: "linux",
  platform: "linux",
  libc: "glibc",
  floor: GLIBC_FLOOR,
  sources: ["libc/find_object.cc", "libc/glibc_system_calls.cc", "libc/glibc_threads.cc"],
  flags: [...LINUX_FLAGS, `-DHOSTSCOPE_GLIBC_OLDEST="${oldest}"`],
  link: LINUX_LINK,
});

/**
 * Platforms that addons are built for, wherever that is done. `backend`: of packages/native/sources.cjs; `platform`: as in
 * ErrorDetail.platform; `compiler`: names it goes by, and the Debian package that brings it; `sources`, `flags`, `link`:
 * what it needs beyond what all have; `nodeLibrary`: the program that loads the addon, where an addon must be linked with
 * it; `libc`, `floor`: its C library and the oldest release of that which it must run with; `machine`: as readelf calls
 * its processor. What runs them here is in foreign-node.mjs.
 */
export const CROSS_TARGETS = {
  "linux-x64": {
    ...glibc("Advanced Micro Devices X86-64", "2.2.5"),
    compiler: ["x86_64-linux-gnu-g++"],
    debianPackage: "g++",
  },
  "linux-arm64": {
    ...glibc("AArch64", "2.17"),
    compiler: ["aarch64-linux-gnu-g++"],
    debianPackage: "g++-aarch64-linux-gnu",
  },
  "win32-x64": {
    backend: "windows",
    platform: "windows",
    compiler: ["x86_64-w64-mingw32-g++-posix"],
    dlltool: "x86_64-w64-mingw32-dlltool",
    debianPackage: "g++-mingw-w64-x86-64",
    flags: ["-DUNICODE", "-DNOMINMAX", "-DWIN32_LEAN_AND_MEAN", "-D_WIN32_WINNT=0x0A00"],
    // The C++ library of the compiler is on no Windows.
    link: ["-static", "-liphlpapi", "-lws2_32", "-ladvapi32"],
    nodeLibrary: "node.exe",
  },
};
