// SPDX-License-Identifier: Apache-2.0
// How a named pipe of Windows is written: an agent listens on it by this text, and its clients open the same.

const PREFIX = "npipe:";
/** As Docker and Kubernetes write them. Of this machine only: another one's would be reached in the clear. */
const TARGET = /^npipe:\/\/\/\/\.\/pipe\/([A-Za-z0-9._-]{1,200})$/;

/** Whether a text speaks of a named pipe, rightly or not. */
export function isPipeTarget(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** The whole name of the pipe, "\\.\pipe\NAME", of "npipe:////./pipe/NAME"; null if the text is no such target. */
export function pipeOfTarget(text: string): string | null {
  const name = TARGET.exec(text)?.[1];
  return name === undefined ? null : `\\\\.\\pipe\\${name}`;
}

/** The way back. */
export function targetOfPipe(pipe: string): string {
  return `${PREFIX}//${pipe.replaceAll("\\", "/")}`;
}
