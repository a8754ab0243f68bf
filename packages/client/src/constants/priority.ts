// SPDX-License-Identifier: Apache-2.0

import type { IoprioClass, IoprioLevel } from "../gen/hostscope/v1/process_values_plain.ts";

/** Before all others, Windows; psutil.REALTIME_PRIORITY_CLASS. */
export const REALTIME_PRIORITY_CLASS = 0x100;
/** psutil.HIGH_PRIORITY_CLASS, Windows. */
export const HIGH_PRIORITY_CLASS = 0x80;
/** psutil.ABOVE_NORMAL_PRIORITY_CLASS, Windows. */
export const ABOVE_NORMAL_PRIORITY_CLASS = 0x8000;
/** What a process has unless told otherwise, Windows; psutil.NORMAL_PRIORITY_CLASS. */
export const NORMAL_PRIORITY_CLASS = 0x20;
/** psutil.BELOW_NORMAL_PRIORITY_CLASS, Windows. */
export const BELOW_NORMAL_PRIORITY_CLASS = 0x4000;
/** Only when the system is idle, Windows; psutil.IDLE_PRIORITY_CLASS. */
export const IDLE_PRIORITY_CLASS = 0x40;

/** None set, follows the niceness, Linux; psutil.IOPRIO_CLASS_NONE. */
export const IOPRIO_CLASS_NONE = "none" satisfies IoprioClass;
/** Real time, Linux; psutil.IOPRIO_CLASS_RT. */
export const IOPRIO_CLASS_RT = "rt" satisfies IoprioClass;
/** Best effort, Linux; psutil.IOPRIO_CLASS_BE. */
export const IOPRIO_CLASS_BE = "be" satisfies IoprioClass;
/** Only when nobody else needs the disk, Linux; psutil.IOPRIO_CLASS_IDLE. */
export const IOPRIO_CLASS_IDLE = "idle" satisfies IoprioClass;

/** Lowest, Windows; psutil.IOPRIO_VERYLOW. */
export const IOPRIO_VERYLOW = "verylow" satisfies IoprioLevel;
/** psutil.IOPRIO_LOW, Windows. */
export const IOPRIO_LOW = "low" satisfies IoprioLevel;
/** What a process has unless told otherwise, Windows; psutil.IOPRIO_NORMAL. */
export const IOPRIO_NORMAL = "normal" satisfies IoprioLevel;
/** Highest, Windows; psutil.IOPRIO_HIGH. */
export const IOPRIO_HIGH = "high" satisfies IoprioLevel;
