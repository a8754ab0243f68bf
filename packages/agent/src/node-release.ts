// SPDX-License-Identifier: Apache-2.0

const OLDEST_SUPPORTED = 22;
const RECOMMENDED = 24;

/**
 * What to tell an operator about the Node release in use, or null if it still gets security fixes.
 * `version` is like process.version, e.g. "v20.20.2".
 */
export function nodeReleaseWarning(version: string): string | null {
  const major = Number.parseInt(version.replace(/^v/, ""), 10);
  if (!(major < OLDEST_SUPPORTED)) return null;
  return (
    `Node ${version} is past its end of life and gets no more fixes for HTTP/2 and TLS; ` +
    `run the agent on Node ${RECOMMENDED} LTS or newer`
  );
}
