// SPDX-License-Identifier: Apache-2.0

/** Whether it is a security identifier of Windows as Windows itself writes it, such as "S-1-5-32-544". */
export function isSid(text: string): boolean {
  return /^S-1-(?:0|[1-9][0-9]{0,14})(?:-(?:0|[1-9][0-9]{0,9})){1,15}$/.test(text);
}
