// SPDX-License-Identifier: Apache-2.0
// The C++ library for musl, which Debian has no package of: built from the sources of its own compiler, once.

import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { CACHE } from "./paths.mjs";
import { runCaptured } from "./run-captured.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError, say } from "./say.mjs";
import { hashOf, isStamped, stamp } from "./stamp.mjs";

const COMPILER = "12";
const STAMP = "musl-library";
const TOP = join(CACHE, "musl");
const SOURCES = `/usr/src/gcc-${COMPILER}`;
const MUSL = "/usr/lib/x86_64-linux-musl";
const MUSL_HEADERS = "/usr/include/x86_64-linux-musl";
const HEADERS = join(TOP, "installed", "include", "c++");
/** What of the compiler's sources the library is made of. */
const PARTS = ["libstdc++-v3", "libgcc", "libiberty", "config", "include", "gcc/BASE-VER", "gcc/DATESTAMP"];
const TOOLS = ["config*", "install-sh", "lt*", "libtool*", "missing", "mkinstalldirs", "depcomp", "move-if-change"];
/** Named where the library is configured, though nothing is made of them. */
const LEFT_OUT = [
  "libstdc++-v3/doc/Makefile.in",
  "libstdc++-v3/doc/xsl/customization.xsl.in",
  "libstdc++-v3/testsuite/Makefile.in",
];

/** The library, once built. */
export const MUSL_ARCHIVE = join(TOP, "installed", "lib", "libstdc++.a");

/** musl itself, which is one file. */
export const MUSL_LIBC = join(MUSL, "libc.so");

/** The compiler's own headers and the kernel's; those of musl come first, those of glibc are not seen. */
const C_FLAGS = [
  "-nostdinc",
  ...[MUSL_HEADERS, join(TOP, "compiler"), join(TOP, "kernel")].flatMap((path) => ["-isystem", path]),
];

/** Flags with which the compiler of this machine compiles for musl. */
export const MUSL_FLAGS = [
  "-nostdinc++",
  "-nostdinc",
  ...[HEADERS, join(HEADERS, "x86_64-linux-musl")].flatMap((path) => ["-isystem", path]),
  ...C_FLAGS.slice(1),
];

/** What a library for musl is linked with, in this order: the C++ library is in it, musl's own is found when it is loaded. */
export const MUSL_LINK = ["-nodefaultlibs", MUSL_ARCHIVE, "-lgcc_eh", "-lgcc", `-L${MUSL}`, "-l:libc.so"];

async function compilerFile(name) {
  const { output } = await runCaptured("gcc", [`-print-file-name=${name}`]);
  return output;
}

function requireSources() {
  const archive = existsSync(SOURCES) ? readdirSync(SOURCES).find((name) => /^gcc-.*\.tar\.xz$/.test(name)) : undefined;
  if (archive === undefined)
    throw new SetupError(`building for musl needs the compiler's sources (Debian: gcc-${COMPILER}-source)`);
  if (!existsSync(MUSL_LIBC)) throw new SetupError("building for musl needs musl (Debian: musl-dev)");
  return join(SOURCES, archive);
}

async function unpack(archive) {
  const flags = ["--wildcards", "--no-wildcards-match-slash", "--strip-components=1", "--exclude=testsuite"];
  const parts = PARTS.map((name) => `*/${name}`);
  const args = ["xf", archive, "-C", join(TOP, "source"), ...flags, ...parts, ...TOOLS.map((name) => `*/${name}`)];
  await runLogged(`${STAMP}-unpack`, "tar", args, { cwd: TOP, env: process.env });
  for (const name of LEFT_OUT) {
    mkdirSync(dirname(join(TOP, "source", name)), { recursive: true });
    writeFileSync(join(TOP, "source", name), "");
  }
  // How threads are made: for the compiler itself its own build would write this.
  mkdirSync(join(TOP, "libgcc"));
  symlinkSync(join(TOP, "source", "libgcc", "gthr-posix.h"), join(TOP, "libgcc", "gthr-default.h"));
}

async function linkHeaders() {
  symlinkSync(await compilerFile("include"), join(TOP, "compiler"));
  for (const [name, target] of [
    ["linux", "/usr/include/linux"],
    ["asm-generic", "/usr/include/asm-generic"],
    ["asm", "/usr/include/x86_64-linux-gnu/asm"],
  ]) {
    symlinkSync(target, join(TOP, "kernel", name));
  }
}

async function configureAndMake() {
  const specs = `-specs ${join(MUSL, "musl-gcc.specs")}`;
  const flags = "-O2 -fPIC -ffunction-sections -fdata-sections";
  const env = {
    ...process.env,
    CC: `gcc ${C_FLAGS.join(" ")} ${specs}`,
    CXX: `g++ -nostdinc++ ${C_FLAGS.join(" ")} ${specs}`,
    CPP: `gcc -E ${C_FLAGS.join(" ")} ${specs}`,
    CFLAGS: flags,
    CXXFLAGS: flags,
  };
  const options = [
    "--disable-shared",
    "--disable-multilib",
    "--disable-nls",
    "--disable-libstdcxx-pch",
    "--with-gnu-ld",
  ];
  const places = [`--prefix=${join(TOP, "installed")}`, `--with-gxx-include-dir=${HEADERS}`];
  const hosts = ["--build=x86_64-linux-gnu", "--host=x86_64-linux-musl"];
  const cwd = join(TOP, "build");
  const configure = join(TOP, "source", "libstdc++-v3", "configure");
  await runLogged(`${STAMP}-configure`, configure, [...hosts, ...places, ...options], { cwd, env });
  for (const part of ["include", "libsupc++", "src"]) {
    for (const goal of ["all", "install"]) {
      await runLogged(`${STAMP}-${part}`, "make", ["-j", String(cpus().length), "-C", part, goal], { cwd, env });
    }
  }
}

/** Builds it below node_modules/.cache if it is not there; takes minutes. */
export async function buildMuslLibrary() {
  const archive = requireSources();
  const hash = hashOf([archive, ...MUSL_FLAGS], []);
  if (isStamped(STAMP, hash) && existsSync(HEADERS)) return;
  say("building the C++ library for musl (once, minutes)...");
  rmSync(TOP, { recursive: true, force: true });
  for (const name of ["source", "kernel", "build"]) mkdirSync(join(TOP, name), { recursive: true });
  await unpack(archive);
  await linkHeaders();
  await configureAndMake();
  for (const name of ["source", "build"]) rmSync(join(TOP, name), { recursive: true });
  stamp(STAMP, hash);
}
