// SPDX-License-Identifier: Apache-2.0

/** One line about an open handle, with what helps to find who opened it. */
function describeHandle(handle) {
  const kind = handle.constructor.name;
  if (kind === "ChildProcess") return `ChildProcess ${handle.pid}: ${handle.spawnargs.join(" ")}`;
  if (kind === "Server") return `Server on ${JSON.stringify(handle.address())}`;
  if (kind === "Socket") {
    const { localAddress, localPort, remoteAddress, remotePort } = handle;
    return remotePort === undefined ? kind : `Socket ${localAddress}:${localPort} to ${remoteAddress}:${remotePort}`;
  }
  return kind;
}

/** What keeps this process alive, one line each: handles of Node's first, then kinds of anything else. */
export function describeHandles() {
  const standard = new Set([process.stdin, process.stdout, process.stderr, process.channel]);
  // Not public, but the only way to name the child or the port; the public list has only kinds.
  const handles = (process._getActiveHandles?.() ?? []).filter((handle) => !standard.has(handle)).map(describeHandle);
  const kinds = process.getActiveResourcesInfo().filter((kind) => !/Wrap$|^TTY/.test(kind));
  return [...handles, ...kinds].map((line) => `  ${line}`).join("\n");
}
