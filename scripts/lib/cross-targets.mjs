// SPDX-License-Identifier: Apache-2.0

/**
 * Platforms that addons are built for on another one. `backend`: of packages/native/sources.cjs; `platform`: as in
 * ErrorDetail.platform; `compiler`: names it goes by, and the Debian package that brings it; `flags`, `link`: what it
 * needs beyond what all have; `nodeLibrary`: the program that loads the addon, where an addon must be linked with it.
 */
export const CROSS_TARGETS = {
  "win32-x64": {
    backend: "windows",
    platform: "windows",
    compiler: ["x86_64-w64-mingw32-g++-posix"],
    dlltool: "x86_64-w64-mingw32-dlltool",
    debianPackage: "g++-mingw-w64-x86-64-posix",
    flags: ["-DUNICODE", "-DNOMINMAX", "-DWIN32_LEAN_AND_MEAN", "-D_WIN32_WINNT=0x0A00"],
    // The C++ library of the compiler is on no Windows.
    link: ["-static", "-liphlpapi", "-lws2_32", "-ladvapi32"],
    nodeLibrary: "node.exe",
  },
};
