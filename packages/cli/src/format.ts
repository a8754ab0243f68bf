// SPDX-License-Identifier: Apache-2.0

/** What a cell shows where the value is not known. */
export const UNKNOWN = "-";

const UNITS = ["B", "K", "M", "G", "T", "P", "E"];

/** Bytes in at most six columns: "512B", "9.8K", "123M", "2.0G". Powers of 1024. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  // 1023.5 would print as "1024".
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 || value >= 99.95 ? 0 : 1)}${UNITS[unit]}`;
}

/** Percent in at most five columns, without the sign: "0.0", "37.5", "1600". */
export function formatPercent(percent: number | null): string {
  return percent === null ? UNKNOWN : percent.toFixed(percent >= 999.95 ? 0 : 1);
}

/** Seconds of CPU time as ps and top show it: "0:01.25", "12:07.50", "3:25:45" from an hour on. */
export function formatCpuTime(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const hundredths = Math.round(seconds * 100);
  const minutes = Math.floor(hundredths / 6000);
  if (minutes < 60) return `${minutes}:${((hundredths % 6000) / 100).toFixed(2).padStart(5, "0")}`;
  const wholeSeconds = Math.floor((hundredths % 6000) / 100);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(wholeSeconds)}`;
}

/** Seconds since boot: "04:12:09", "3d 04:12:09". */
export function formatUptime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const time = `${two(Math.floor(whole / 3600) % 24)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return days === 0 ? time : `${days}d ${time}`;
}

/** Time of day, "13:04:31", in the viewer's time zone. */
export function formatClock(isoTime: string): string {
  const date = new Date(isoTime);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
