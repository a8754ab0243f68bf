// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { MUSL_FLAGS, MUSL_LINK } from "./musl-library.mjs";
import { NATIVE } from "./paths.mjs";

/** What no addon for Linux does without; binding.gyp has the reasons. */
const LINUX_FLAGS = ["-fPIC", "-pthread", "-fvisibility=hidden", "-D_FILE_OFFSET_BITS=64"];
const LINUX_LINK = [
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
  link: [...LINUX_LINK, "-pthread", "-static-libstdc++", "-static-libgcc"],
});

const MUSL_STATX = join(NATIVE, "src", "libc", "musl_statx.h");

/**
 * Platforms that addons are built for, wherever that is done. `backend`: of packages/native/sources.cjs; `platform`: as in
 * ErrorDetail.platform; `compiler`: names it goes by, and the Debian package that brings it; `sources`, `flags`, `link`:
 * what it needs beyond what all have; `nm`: lists symbols, where Node's functions are looked up by the addon itself;
 * `libc`, `floor`: its C library and the oldest release of that which it must run with; `machine`: as readelf calls
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
  "linux-x64-musl": {
    backend: "linux",
    platform: "linux",
    libc: "musl",
    machine: "Advanced Micro Devices X86-64",
    compiler: ["x86_64-linux-gnu-g++"],
    debianPackage: "g++",
    sources: ["libc/find_object.cc"],
    flags: [...LINUX_FLAGS, ...MUSL_FLAGS, "-include", MUSL_STATX],
    link: [...LINUX_LINK, ...MUSL_LINK],
  },
  "win32-x64": {
    backend: "windows",
    platform: "windows",
    compiler: ["x86_64-w64-mingw32-g++-posix"],
    nm: "x86_64-w64-mingw32-nm",
    machine: "x86-64",
    debianPackage: "g++-mingw-w64-x86-64-posix",
    flags: ["-DUNICODE", "-DNOMINMAX", "-DWIN32_LEAN_AND_MEAN", "-D_WIN32_WINNT=0x0A00"],
    // The C++ library of the compiler is on no Windows.
    link: [
      "-static",
      "-liphlpapi",
      "-lws2_32",
      "-ladvapi32",
      // As Visual Studio's linker does by itself: addresses that nobody can guess, data that is no code.
      "-Wl,--dynamicbase,--nxcompat,--high-entropy-va",
    ],
    sources: ["node_exe/node_functions.cc"],
  },
};
