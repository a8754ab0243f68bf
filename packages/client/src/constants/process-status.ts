// SPDX-License-Identifier: Apache-2.0

import type { ProcessStatus } from "../gen/hostscope/v1/process_values_plain.ts";

/** On a CPU or ready for one; psutil.STATUS_RUNNING. */
export const STATUS_RUNNING = "running" satisfies ProcessStatus;
/** Waiting, can be interrupted; psutil.STATUS_SLEEPING. */
export const STATUS_SLEEPING = "sleeping" satisfies ProcessStatus;
/** Waiting, cannot be interrupted, as a rule for a disk; psutil.STATUS_DISK_SLEEP. */
export const STATUS_DISK_SLEEP = "disk-sleep" satisfies ProcessStatus;
/** Stopped by a signal; psutil.STATUS_STOPPED. */
export const STATUS_STOPPED = "stopped" satisfies ProcessStatus;
/** Stopped by a debugger; psutil.STATUS_TRACING_STOP. */
export const STATUS_TRACING_STOP = "tracing-stop" satisfies ProcessStatus;
/** Ended, not yet collected by its parent; psutil.STATUS_ZOMBIE. */
export const STATUS_ZOMBIE = "zombie" satisfies ProcessStatus;
/** On its way out; psutil.STATUS_DEAD. */
export const STATUS_DEAD = "dead" satisfies ProcessStatus;
/** Being woken to be killed, Linux before 4.14; psutil.STATUS_WAKE_KILL. */
export const STATUS_WAKE_KILL = "wake-kill" satisfies ProcessStatus;
/** Being woken, Linux before 4.14; psutil.STATUS_WAKING. */
export const STATUS_WAKING = "waking" satisfies ProcessStatus;
/** Parked kernel thread, Linux; psutil.STATUS_PARKED. */
export const STATUS_PARKED = "parked" satisfies ProcessStatus;
/** Idle kernel thread, Linux, macOS, FreeBSD; psutil.STATUS_IDLE. */
export const STATUS_IDLE = "idle" satisfies ProcessStatus;
/** Waiting for a lock, FreeBSD; psutil.STATUS_LOCKED. */
export const STATUS_LOCKED = "locked" satisfies ProcessStatus;
/** Waiting, FreeBSD; psutil.STATUS_WAITING. */
export const STATUS_WAITING = "waiting" satisfies ProcessStatus;
/** Suspended, NetBSD; psutil.STATUS_SUSPENDED. */
export const STATUS_SUSPENDED = "suspended" satisfies ProcessStatus;
