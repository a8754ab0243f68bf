// SPDX-License-Identifier: Apache-2.0

import type { Platform } from "../gen/hostscope/v1/host_plain.ts";

// psutil's are booleans about this machine; a host may be another: compare them with `(await host.hostInfo()).platform`.

/** psutil.LINUX. */
export const LINUX = "linux" satisfies Platform;
/** psutil.WINDOWS. */
export const WINDOWS = "windows" satisfies Platform;
/** psutil.MACOS. */
export const MACOS = "macos" satisfies Platform;
/** The old name of MACOS; psutil.OSX. */
export const OSX = MACOS;
/** psutil.FREEBSD. */
export const FREEBSD = "freebsd" satisfies Platform;
/** psutil.NETBSD. */
export const NETBSD = "netbsd" satisfies Platform;
/** psutil.OPENBSD. */
export const OPENBSD = "openbsd" satisfies Platform;
/** psutil.SUNOS. */
export const SUNOS = "sunos" satisfies Platform;
/** psutil.AIX. */
export const AIX = "aix" satisfies Platform;

/** Platforms for which psutil.BSD is true: `BSD.has(platform)`. */
export const BSD: ReadonlySet<Platform> = new Set([FREEBSD, NETBSD, OPENBSD]);
/** Platforms for which psutil.POSIX is true: `POSIX.has(platform)`. */
export const POSIX: ReadonlySet<Platform> = new Set([LINUX, MACOS, ...BSD, SUNOS, AIX]);
