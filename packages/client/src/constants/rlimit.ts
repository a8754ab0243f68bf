// SPDX-License-Identifier: Apache-2.0

import type { RlimitResource } from "../gen/hostscope/v1/process_control_plain.ts";

/** No limit; psutil.RLIM_INFINITY. */
export const RLIM_INFINITY = -1n;

/** Address space, bytes; psutil.RLIMIT_AS. */
export const RLIMIT_AS = "as" satisfies RlimitResource;
/** Core file, bytes; psutil.RLIMIT_CORE. */
export const RLIMIT_CORE = "core" satisfies RlimitResource;
/** CPU time, seconds; psutil.RLIMIT_CPU. */
export const RLIMIT_CPU = "cpu" satisfies RlimitResource;
/** Data segment, bytes; psutil.RLIMIT_DATA. */
export const RLIMIT_DATA = "data" satisfies RlimitResource;
/** File size, bytes; psutil.RLIMIT_FSIZE. */
export const RLIMIT_FSIZE = "fsize" satisfies RlimitResource;
/** File locks; psutil.RLIMIT_LOCKS. */
export const RLIMIT_LOCKS = "locks" satisfies RlimitResource;
/** Locked memory, bytes; psutil.RLIMIT_MEMLOCK. */
export const RLIMIT_MEMLOCK = "memlock" satisfies RlimitResource;
/** POSIX message queues, bytes; psutil.RLIMIT_MSGQUEUE. */
export const RLIMIT_MSGQUEUE = "msgqueue" satisfies RlimitResource;
/** Ceiling of the niceness, as 20 minus nice; psutil.RLIMIT_NICE. */
export const RLIMIT_NICE = "nice" satisfies RlimitResource;
/** Open files; psutil.RLIMIT_NOFILE. */
export const RLIMIT_NOFILE = "nofile" satisfies RlimitResource;
/** Processes and threads of the user; psutil.RLIMIT_NPROC. */
export const RLIMIT_NPROC = "nproc" satisfies RlimitResource;
/** Resident set, bytes, not enforced by current kernels; psutil.RLIMIT_RSS. */
export const RLIMIT_RSS = "rss" satisfies RlimitResource;
/** Ceiling of the real-time priority; psutil.RLIMIT_RTPRIO. */
export const RLIMIT_RTPRIO = "rtprio" satisfies RlimitResource;
/** Real-time CPU time without a blocking call, microseconds; psutil.RLIMIT_RTTIME. */
export const RLIMIT_RTTIME = "rttime" satisfies RlimitResource;
/** Queued signals; psutil.RLIMIT_SIGPENDING. */
export const RLIMIT_SIGPENDING = "sigpending" satisfies RlimitResource;
/** Stack, bytes; psutil.RLIMIT_STACK. */
export const RLIMIT_STACK = "stack" satisfies RlimitResource;
